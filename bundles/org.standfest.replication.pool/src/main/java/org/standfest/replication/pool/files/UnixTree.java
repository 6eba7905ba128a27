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
 * A tree on Linux. Every path is walked from the root's descriptor, component by component, with
 * {@code O_NOFOLLOW}; the acts themselves are the {@code …at} calls on the parent's descriptor. The
 * last parent stays open, because entries of one directory mostly come together.
 */
final class UnixTree implements TreeFiles {

    private static final byte[] SELF = {'.'};
    private static final byte[] NOTHING = {};

    private final LibC c = new LibC();
    private final int root;
    private final boolean superuser;
    private TreePath parentPath = TreePath.ROOT;
    private int parent;
    private Boolean inherits;

    /** What the last new file in the open parent was given; {@code null}: not looked at yet. */
    private Status made;

    /** Permission bits that a new file was seen to keep: the process's mask leaves them. */
    private int unmasked;

    private boolean closed;

    UnixTree(Path directory) throws IOException {
        byte[] path = directory.toString().getBytes(StandardCharsets.UTF_8);
        root = c.open(LibC.AT_FDCWD, path, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NOFOLLOW, 0);
        parent = root;
        byte[] self = "/proc/self".getBytes(StandardCharsets.US_ASCII);
        superuser = Statx.read(c.status(LibC.AT_FDCWD, self)).uid() == 0;
    }

    /** The descriptor of the directory that an entry lies in; valid until the next call. */
    private int directoryOf(TreePath path) throws IOException {
        return path.isRoot() ? root : directory(path.parent());
    }

    private int directory(TreePath path) throws IOException {
        if (closed) {
            throw new IOException("tree is closed");
        }
        if (path.equals(parentPath)) {
            return parent;
        }
        int from = root;
        List<byte[]> steps = path.components();
        if (path.isBelow(parentPath) && parent != root) {
            from = parent;
            steps = steps.subList(parentPath.components().size(), steps.size());
        }
        int at = from;
        for (byte[] step : steps) {
            int next;
            try {
                next = c.open(at, step, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NOFOLLOW, 0);
            } catch (IOException failed) {
                if (at != root && at != parent) {
                    c.close(at);
                }
                throw failed;
            }
            if (at != root && at != parent) {
                c.close(at);
            }
            at = next;
        }
        forgetParent();
        parentPath = path;
        parent = at;
        return at;
    }

    private void forgetParent() {
        if (parent != root) {
            c.close(parent);
        }
        parent = root;
        parentPath = TreePath.ROOT;
        made = null;
    }

    /** A directory that moved or went away must not stay open as a parent. */
    private void forgetParentIn(TreePath path) {
        if (parentPath.equals(path) || parentPath.isBelow(path)) {
            forgetParent();
        }
    }

    private static byte[] nameOf(TreePath path) {
        return path.isRoot() ? SELF : path.name();
    }

    @Override
    public Optional<Status> status(TreePath path) throws IOException {
        try {
            return Optional.of(Statx.read(c.status(directoryOf(path), nameOf(path))));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    @Override
    public List<byte[]> list(TreePath path) throws IOException {
        int fd = openDirectory(path);
        try {
            return names(fd);
        } finally {
            c.close(fd);
        }
    }

    @Override
    public List<Child> children(TreePath path) throws IOException {
        int fd = openDirectory(path);
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

    private int openDirectory(TreePath path) throws IOException {
        int flags = LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NOFOLLOW;
        return c.open(directoryOf(path), nameOf(path), flags, 0);
    }

    private List<byte[]> names(int fd) throws IOException {
        List<byte[]> names = new ArrayList<>();
        for (int filled = c.entries(fd); filled > 0; filled = c.entries(fd)) {
            MemorySegment entries = c.data();
            for (int at = 0;
                    at < filled;
                    at += Short.toUnsignedInt(entries.get(JAVA_SHORT, at + 16))) {
                byte[] name = name(entries, at + 19);
                if (!Arrays.equals(name, SELF)
                        && !(name.length == 2 && name[0] == '.' && name[1] == '.')) {
                    names.add(name);
                }
            }
        }
        names.sort(Arrays::compareUnsigned);
        return names;
    }

    private static byte[] name(MemorySegment entries, int start) {
        int end = start;
        while (entries.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        return entries.asSlice(start, end - start).toArray(JAVA_BYTE);
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
        int fd = c.open(directoryOf(file), file.name(), flags | LibC.O_NOFOLLOW, 0600);
        UnixFile opened = new UnixFile(c, fd);
        if (!opened.isRegular()) {
            opened.close();
            throw new FileSystemException(file.toString(), null, "no regular file");
        }
        return opened;
    }

    @Override
    public RawBytes readSymlink(TreePath path) throws IOException {
        return RawBytes.of(c.readSymlink(directoryOf(path), nameOf(path)));
    }

    /**
     * The entry as a path for calls that have no …at form; the descriptor in it keeps the walk
     * safe.
     */
    private byte[] proc(TreePath path) throws IOException {
        byte[] prefix =
                ("/proc/self/fd/" + directoryOf(path) + '/').getBytes(StandardCharsets.US_ASCII);
        byte[] name = nameOf(path);
        byte[] joined = Arrays.copyOf(prefix, prefix.length + name.length);
        System.arraycopy(name, 0, joined, prefix.length, name.length);
        return joined;
    }

    @Override
    public List<ExtendedAttribute> attributes(TreePath path) throws IOException {
        byte[] proc = proc(path);
        List<ExtendedAttribute> attributes = new ArrayList<>();
        for (byte[] name : attributeNames(proc)) {
            try {
                attributes.add(
                        new ExtendedAttribute(
                                RawBytes.of(name), RawBytes.of(c.attribute(proc, name))));
            } catch (CallFailed unreadable) {
                if (unreadable.errno() != LibC.ENODATA && unreadable.errno() != LibC.EPERM) {
                    throw unreadable;
                }
            }
        }
        attributes.sort((a, b) -> a.name().compareTo(b.name()));
        return attributes;
    }

    private List<byte[]> attributeNames(byte[] proc) throws IOException {
        byte[] all;
        try {
            all = c.attributeNames(proc);
        } catch (CallFailed failed) {
            if (failed.errno() == LibC.EOPNOTSUPP) {
                return List.of();
            }
            throw failed;
        }
        List<byte[]> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == 0) {
                names.add(Arrays.copyOfRange(all, start, i));
                start = i + 1;
            }
        }
        return names;
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
        int directory = directoryOf(path);
        int mode = entry.mode() | neededMode(entry);
        EnumSet<Loss> losses = EnumSet.noneOf(Loss.class);
        try (UnixFile file = new UnixFile(c, c.open(directory, path.name(), flags, mode & 0777))) {
            file.write(content, 0);
            int fd = file.descriptor();
            if (made == null || (mode & ~unmasked) != 0) {
                made = Statx.read(c.status(fd, NOTHING));
                unmasked |= mode & 0777 & made.mode();
            }
            if (made.uid() != entry.uid() || made.gid() != entry.gid()) {
                Attempt.make(Loss.OWNER, losses, () -> c.owner(fd, entry.uid(), entry.gid()));
            }
            if (!entry.attributes().isEmpty()) {
                setExtended(path, entry, losses);
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
            inherits = !attributeNames(proc(TreePath.ROOT)).isEmpty();
        }
        return inherits;
    }

    @Override
    public void createDirectory(TreePath path) throws IOException {
        c.createDirectory(directoryOf(path), path.name());
    }

    @Override
    public Set<Loss> createSpecial(TreePath path, TreeEntry entry) throws IOException {
        int directory = directoryOf(path);
        byte[] name = path.name();
        switch (entry.kind()) {
            case SYMLINK -> c.createSymlink(directory, name, entry.target().toBytes());
            case FIFO -> c.createNode(directory, name, Statx.FIFO | 0600, 0);
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
            c.createNode(directory, path.name(), format | 0600, device);
            return EnumSet.noneOf(Loss.class);
        } catch (CallFailed failed) {
            // no right to make devices, or a file system without room for such a number
            if (failed.errno() != LibC.EPERM && failed.errno() != LibC.EINVAL) {
                throw failed;
            }
            c.createNode(directory, path.name(), Statx.REGULAR | 0600, 0);
            return EnumSet.of(Loss.DEVICE);
        }
    }

    @Override
    public void link(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
        UnixTree target = (UnixTree) toTree;
        if (target == this) {
            twoParents(from, to, (fd, toFd) -> c.link(fd, from.name(), toFd, to.name()));
        } else {
            c.link(directoryOf(from), from.name(), target.directoryOf(to), to.name());
        }
    }

    @Override
    public void rename(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
        UnixTree target = (UnixTree) toTree;
        if (target == this) {
            twoParents(from, to, (fd, toFd) -> c.rename(fd, from.name(), toFd, to.name()));
        } else {
            c.rename(directoryOf(from), from.name(), target.directoryOf(to), to.name());
        }
        forgetParentIn(from);
        target.forgetParentIn(to);
    }

    private interface OnTwo {
        void act(int directory, int toDirectory) throws IOException;
    }

    /** The kept parent serves only one path, so the other gets a descriptor of its own. */
    private void twoParents(TreePath from, TreePath to, OnTwo act) throws IOException {
        int flags = LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NOFOLLOW;
        int own = c.open(directory(from.parent()), SELF, flags, 0);
        try {
            act.act(own, directory(to.parent()));
        } finally {
            c.close(own);
        }
    }

    @Override
    public void delete(TreePath path) throws IOException {
        Optional<Status> status = status(path);
        if (status.isPresent()) {
            boolean directory = status.get().kind().equals(Optional.of(EntryKind.DIRECTORY));
            forgetParentIn(path);
            c.delete(directoryOf(path), path.name(), directory ? LibC.AT_REMOVEDIR : 0);
        }
    }

    @Override
    public Set<Loss> setAttributes(TreePath path, TreeEntry entry) throws IOException {
        Status now = status(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
        // a directory may hand its group down from now on
        made = null;
        EnumSet<Loss> losses = EnumSet.noneOf(Loss.class);
        byte[] name = nameOf(path);
        if (now.uid() != entry.uid() || now.gid() != entry.gid()) {
            Attempt.make(
                    Loss.OWNER,
                    losses,
                    () -> c.owner(directoryOf(path), name, entry.uid(), entry.gid()));
        }
        setExtended(path, entry, losses);
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
                    () -> c.mode(directoryOf(path), name, entry.mode() | needed));
        }
        Attempt.make(
                Loss.TIME, losses, () -> c.modified(directoryOf(path), name, entry.mtimeNanos()));
        return losses;
    }

    private void setExtended(TreePath path, TreeEntry entry, Set<Loss> losses) throws IOException {
        byte[] proc = proc(path);
        List<ExtendedAttribute> wanted = entry.attributes();
        for (byte[] present : attributeNames(proc)) {
            RawBytes name = RawBytes.of(present);
            if (wanted.stream().noneMatch(attribute -> attribute.name().equals(name))) {
                Attempt.make(Attempt.lossOf(name), losses, () -> c.removeAttribute(proc, present));
            }
        }
        for (ExtendedAttribute attribute : wanted) {
            Attempt.make(
                    Attempt.lossOf(attribute.name()),
                    losses,
                    () ->
                            c.setAttribute(
                                    proc, attribute.name().toBytes(), attribute.value().toBytes()));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            forgetParent();
            c.close(root);
            closed = true;
        }
    }
}
