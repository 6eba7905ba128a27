package org.standfest.replication.pool.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A tree on Linux: the acts are the {@code …at} calls on the descriptor of the entry's directory,
 * to which {@link UnixWalk} leads.
 */
final class UnixTree implements TreeFiles {

    private static final byte[] NOTHING = {};

    private final LibC c = new LibC();
    private final EntryCalls entries = new EntryCalls(c);
    private final UnixWalk walk;
    private final UnixAttributes attributes;
    private final boolean superuser;
    private Boolean inherits;

    /** What the last new file was given; {@code null}: not looked at yet. */
    private Status made;

    /** Where it was made: {@link UnixWalk#turns()} of then. */
    private long madeAt;

    /** Permission bits that a new file was seen to keep: the process's mask leaves them. */
    private int unmasked;

    UnixTree(Path directory) throws IOException {
        walk = new UnixWalk(c, directory);
        attributes = new UnixAttributes(entries, walk);
        byte[] self = "/proc/self".getBytes(StandardCharsets.US_ASCII);
        superuser = Statx.read(c.status(LibC.AT_FDCWD, self)).uid() == 0;
    }

    @Override
    public Optional<Status> status(TreePath path) throws IOException {
        try {
            return Optional.of(Statx.read(c.status(walk.directoryOf(path), UnixWalk.nameOf(path))));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    @Override
    public List<byte[]> list(TreePath path) throws IOException {
        int fd = walk.open(path);
        try {
            return names(fd);
        } finally {
            c.close(fd);
        }
    }

    @Override
    public List<Child> children(TreePath path) throws IOException {
        int fd = walk.open(path);
        try {
            List<byte[]> names = names(fd);
            List<Child> children = new ArrayList<>(names.size());
            for (byte[] name : names) {
                try {
                    children.add(new Child(name, Statx.read(c.status(fd, name))));
                } catch (NoSuchFileException gone) {
                    continue;
                }
            }
            return children;
        } finally {
            c.close(fd);
        }
    }

    private List<byte[]> names(int fd) throws IOException {
        List<byte[]> names = new ArrayList<>();
        for (int filled = c.entries(fd); filled > 0; filled = c.entries(fd)) {
            MemorySegment found = c.data();
            for (int at = 0;
                    at < filled;
                    at += Short.toUnsignedInt(found.get(JAVA_SHORT, at + 16))) {
                byte[] name = name(found, at + 19);
                if (!isItselfOrAbove(name)) {
                    names.add(name);
                }
            }
        }
        names.sort(Arrays::compareUnsigned);
        return names;
    }

    private static boolean isItselfOrAbove(byte[] name) {
        return name[0] == '.' && (name.length == 1 || name.length == 2 && name[1] == '.');
    }

    private static byte[] name(MemorySegment found, int start) {
        int end = start;
        while (found.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        return found.asSlice(start, end - start).toArray(JAVA_BYTE);
    }

    @Override
    @SuppressWarnings("resource") // the caller closes it
    public PoolFile open(TreePath file, PoolFiles.Mode mode) throws IOException {
        int flags =
                switch (mode) {
                    case READ -> LibC.O_RDONLY | LibC.O_NONBLOCK;
                    case WRITE -> LibC.O_RDWR | LibC.O_CREAT | LibC.O_NONBLOCK;
                    case REPLACE -> LibC.O_RDWR | LibC.O_CREAT | LibC.O_TRUNC | LibC.O_NONBLOCK;
                };
        int fd = c.open(walk.directoryOf(file), file.name(), flags | LibC.O_NOFOLLOW, 0600);
        UnixFile opened = new UnixFile(c, fd);
        boolean regular = false;
        try {
            regular = opened.isRegular();
        } finally {
            if (!regular) {
                opened.close();
            }
        }
        if (!regular) {
            throw new FileSystemException(file.toString(), null, "no regular file");
        }
        return opened;
    }

    @Override
    public RawBytes readSymlink(TreePath path) throws IOException {
        return RawBytes.of(entries.readSymlink(walk.directoryOf(path), UnixWalk.nameOf(path)));
    }

    @Override
    public List<ExtendedAttribute> attributes(TreePath path) throws IOException {
        return attributes.read(path);
    }

    @Override
    public List<ByteRange> holes(TreePath path) throws IOException {
        try (UnixFile file = (UnixFile) open(path, PoolFiles.Mode.READ)) {
            return file.holes();
        }
    }

    /**
     * As the default, with half the calls: a new file has nothing that would have to be taken away,
     * unless the root hands attributes down.
     */
    @Override
    public Set<Loss> createFile(TreePath path, TreeEntry entry, ByteBuffer content)
            throws IOException {
        if (inherits()) {
            return TreeFiles.super.createFile(path, entry, content);
        }
        int flags = LibC.O_RDWR | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW;
        int directory = walk.directoryOf(path);
        int mode = entry.mode() | neededMode(entry);
        EnumSet<Loss> losses = EnumSet.noneOf(Loss.class);
        try (UnixFile file = new UnixFile(c, c.open(directory, path.name(), flags, mode & 0777))) {
            file.write(content, 0);
            int fd = file.descriptor();
            if (made == null || madeAt != walk.turns() || (mode & ~unmasked) != 0) {
                made = Statx.read(c.status(fd, NOTHING));
                madeAt = walk.turns();
                unmasked |= mode & 0777 & made.mode();
            }
            if (made.uid() != entry.uid() || made.gid() != entry.gid()) {
                Attempt.make(Loss.OWNER, losses, () -> c.owner(fd, entry.uid(), entry.gid()));
            }
            if (!entry.attributes().isEmpty()) {
                attributes.write(path, entry, losses);
            }
            if (mode != entry.mode()) {
                losses.add(Loss.MODE);
            }
            // after the owner: changing the owner clears set-user-id
            if ((mode & ~unmasked) != 0) {
                Attempt.make(Loss.MODE, losses, () -> c.mode(fd, mode));
            }
            Attempt.make(Loss.TIME, losses, () -> c.modified(fd, entry.mtimeNanos()));
        }
        return losses;
    }

    /**
     * Without the superuser's rights an entry must stay readable here, or it could never be checked
     * again.
     */
    private int neededMode(TreeEntry entry) {
        return superuser ? 0 : entry.kind() == EntryKind.DIRECTORY ? 0700 : 0600;
    }

    /** Whether new entries begin with attributes of the root (default ACLs, labels). */
    private boolean inherits() throws IOException {
        if (inherits == null) {
            inherits = attributes.any(TreePath.ROOT);
        }
        return inherits;
    }

    @Override
    public void createDirectory(TreePath path) throws IOException {
        entries.createDirectory(walk.directoryOf(path), path.name());
    }

    @Override
    public Set<Loss> createSpecial(TreePath path, TreeEntry entry) throws IOException {
        int directory = walk.directoryOf(path);
        byte[] name = path.name();
        switch (entry.kind()) {
            case SYMLINK -> entries.createSymlink(directory, name, entry.target().toBytes());
            case FIFO -> entries.createNode(directory, name, Statx.FIFO | 0600, 0);
            case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                return createDevice(directory, path, entry);
            }
            default -> throw new IllegalArgumentException("not special: " + entry.kind());
        }
        return EnumSet.noneOf(Loss.class);
    }

    private Set<Loss> createDevice(int directory, TreePath path, TreeEntry entry)
            throws IOException {
        long major = entry.deviceMajor();
        long minor = entry.deviceMinor();
        long device =
                (major & 0xfffL) << 8
                        | (major & ~0xfffL) << 32
                        | minor & 0xffL
                        | (minor & ~0xffL) << 12;
        int format = entry.kind() == EntryKind.BLOCK_DEVICE ? Statx.BLOCK : Statx.CHARACTER;
        try {
            entries.createNode(directory, path.name(), format | 0600, device);
            return EnumSet.noneOf(Loss.class);
        } catch (CallFailed failed) {
            // no right to make devices, or a file system without room for such a number
            if (failed.errno() != LibC.EPERM && failed.errno() != LibC.EINVAL) {
                throw failed;
            }
            entries.createNode(directory, path.name(), Statx.REGULAR | 0600, 0);
            return EnumSet.of(Loss.DEVICE);
        }
    }

    @Override
    public void link(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
        UnixTree target = (UnixTree) toTree;
        if (target == this) {
            walk.twoParents(from, to, (fd, toFd) -> entries.link(fd, from.name(), toFd, to.name()));
        } else {
            entries.link(
                    walk.directoryOf(from), from.name(), target.walk.directoryOf(to), to.name());
        }
    }

    @Override
    public void rename(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
        UnixTree target = (UnixTree) toTree;
        if (target == this) {
            walk.twoParents(
                    from, to, (fd, toFd) -> entries.rename(fd, from.name(), toFd, to.name()));
        } else {
            entries.rename(
                    walk.directoryOf(from), from.name(), target.walk.directoryOf(to), to.name());
        }
        walk.forgetIn(from);
        target.walk.forgetIn(to);
    }

    @Override
    public void delete(TreePath path) throws IOException {
        Optional<Status> status = status(path);
        if (status.isPresent()) {
            boolean directory = status.get().kind().equals(Optional.of(EntryKind.DIRECTORY));
            walk.forgetIn(path);
            entries.delete(walk.directoryOf(path), path.name(), directory ? LibC.AT_REMOVEDIR : 0);
        }
    }

    @Override
    public Set<Loss> setAttributes(TreePath path, TreeEntry entry) throws IOException {
        Status now = status(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
        // a directory may hand its group down from now on
        made = null;
        EnumSet<Loss> losses = EnumSet.noneOf(Loss.class);
        byte[] name = UnixWalk.nameOf(path);
        if (now.uid() != entry.uid() || now.gid() != entry.gid()) {
            Attempt.make(
                    Loss.OWNER,
                    losses,
                    () -> entries.owner(walk.directoryOf(path), name, entry.uid(), entry.gid()));
        }
        attributes.write(path, entry, losses);
        if (entry.kind() != EntryKind.SYMLINK
                && !now.kind().equals(Optional.of(EntryKind.SYMLINK))) {
            int needed = neededMode(entry);
            if ((entry.mode() & needed) != needed) {
                losses.add(Loss.MODE);
            }
            // after the owner: changing the owner clears set-user-id
            Attempt.make(
                    Loss.MODE,
                    losses,
                    () -> entries.mode(walk.directoryOf(path), name, entry.mode() | needed));
        }
        Attempt.make(
                Loss.TIME,
                losses,
                () -> entries.modified(walk.directoryOf(path), name, entry.mtimeNanos()));
        return losses;
    }

    @Override
    public void close() {
        walk.close();
    }
}
