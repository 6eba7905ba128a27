package org.standfest.replication.pool.files;

import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A tree through the JDK alone. Every component on the way is checked to be a real directory before
 * each act; that holds against what a tree contains, not against another process that changes the
 * pool at the same time.
 */
@SuppressWarnings("resource") // what is opened here is closed by the caller
final class JdkTree implements TreeFiles {

    private final Path root;

    JdkTree(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(directory.toString());
        }
        root = directory;
    }

    private Path resolve(TreePath path) throws IOException {
        Path at = root;
        for (byte[] step : path.components()) {
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(at.toString());
            }
            String name = new String(step, StandardCharsets.UTF_8);
            if (!Arrays.equals(name.getBytes(StandardCharsets.UTF_8), step)) {
                throw new FileSystemException(at.toString(), name, "name that is no UTF-8");
            }
            Path next = at.resolve(name);
            if (next.getNameCount() != at.getNameCount() + 1 || !next.startsWith(root)) {
                throw new FileSystemException(at.toString(), name, "name that is no name here");
            }
            at = next;
        }
        return at;
    }

    @Override
    public Optional<Status> status(TreePath path) throws IOException {
        try {
            Path file = resolve(path);
            BasicFileAttributes basic =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Map<String, Object> unix =
                    file.getFileSystem().supportedFileAttributeViews().contains("unix")
                            ? Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS)
                            : Map.of();
            return Optional.of(status(basic, unix));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private static Status status(BasicFileAttributes basic, Map<String, Object> unix) {
        int mode = number(unix, "mode", basic.isDirectory() ? 0755 : 0644).intValue();
        EntryKind kind =
                basic.isRegularFile()
                        ? EntryKind.FILE
                        : basic.isDirectory()
                                ? EntryKind.DIRECTORY
                                : basic.isSymbolicLink() ? EntryKind.SYMLINK : null;
        if (kind == null && !unix.isEmpty()) {
            kind =
                    switch (mode & 0xf000) {
                        case 0x1000 -> EntryKind.FIFO;
                        case 0x2000 -> EntryKind.CHARACTER_DEVICE;
                        case 0x6000 -> EntryKind.BLOCK_DEVICE;
                        default -> null;
                    };
        }
        long device = kind != null && kind.isDevice() ? number(unix, "rdev", 0).longValue() : 0;
        return new Status(
                Optional.ofNullable(kind),
                mode & 0xfff,
                Integer.toUnsignedLong(number(unix, "uid", 0).intValue()),
                Integer.toUnsignedLong(number(unix, "gid", 0).intValue()),
                nanos(basic.lastModifiedTime()),
                unix.get("ctime") instanceof FileTime time ? nanos(time) : 0,
                kind == EntryKind.FILE ? basic.size() : 0,
                device >>> 8 & 0xfff | device >>> 32 & 0xffff_f000L,
                device & 0xff | device >>> 12 & 0xffff_ff00L,
                number(unix, "dev", 0).longValue(),
                number(unix, "ino", 0).longValue(),
                number(unix, "nlink", 1).longValue(),
                kind == EntryKind.FILE ? basic.size() : 0);
    }

    private static Number number(Map<String, Object> unix, String name, Number otherwise) {
        return unix.get(name) instanceof Number value ? value : otherwise;
    }

    private static long nanos(FileTime time) {
        Instant instant = time.toInstant();
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    @Override
    public List<byte[]> list(TreePath directory) throws IOException {
        Path path = resolve(directory);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(
                            entry ->
                                    entry.getFileName().toString().getBytes(StandardCharsets.UTF_8))
                    .sorted(Arrays::compareUnsigned)
                    .toList();
        }
    }

    @Override
    public PoolFile open(TreePath file, PoolFiles.Mode mode) throws IOException {
        Path path = resolve(file);
        Optional<EntryKind> kind = status(file).flatMap(Status::kind);
        boolean missing = status(file).isEmpty();
        if (!missing && !kind.equals(Optional.of(EntryKind.FILE))) {
            throw new FileSystemException(path.toString(), null, "no regular file");
        }
        return LocalPoolFiles.withoutNativeCalls().open(path, mode);
    }

    @Override
    public RawBytes readSymlink(TreePath path) throws IOException {
        return RawBytes.of(Files.readSymbolicLink(resolve(path)).toString());
    }

    @Override
    public List<ExtendedAttribute> attributes(TreePath path) throws IOException {
        UserDefinedFileAttributeView view = userAttributes(path);
        List<ExtendedAttribute> attributes = new ArrayList<>();
        if (view != null) {
            for (String name : view.list()) {
                ByteBuffer value = ByteBuffer.allocate(view.size(name));
                view.read(name, value);
                attributes.add(
                        new ExtendedAttribute(
                                RawBytes.of("user." + name),
                                RawBytes.of(Arrays.copyOf(value.array(), value.position()))));
            }
        }
        attributes.sort((a, b) -> a.name().compareTo(b.name()));
        return attributes;
    }

    private UserDefinedFileAttributeView userAttributes(TreePath path) throws IOException {
        Optional<EntryKind> kind =
                status(path).orElseThrow(() -> new NoSuchFileException(path.toString())).kind();
        boolean possible =
                kind.equals(Optional.of(EntryKind.FILE))
                        || kind.equals(Optional.of(EntryKind.DIRECTORY));
        return possible
                ? Files.getFileAttributeView(resolve(path), UserDefinedFileAttributeView.class)
                : null;
    }

    @Override
    public List<ByteRange> holes(TreePath path) {
        return List.of();
    }

    @Override
    public void createDirectory(TreePath path) throws IOException {
        Files.createDirectory(resolve(path));
    }

    @Override
    public Set<Loss> createSpecial(TreePath path, TreeEntry entry) throws IOException {
        Path file = resolve(path);
        switch (entry.kind()) {
            case SYMLINK -> {
                try {
                    Files.createSymbolicLink(
                            file, file.getFileSystem().getPath(entry.target().toString()));
                    return EnumSet.noneOf(Loss.class);
                } catch (UnsupportedOperationException | java.nio.file.InvalidPathException none) {
                    Files.write(file, entry.target().toBytes(), StandardOpenOption.CREATE_NEW);
                    return EnumSet.of(Loss.SYMLINK);
                }
            }
            case FIFO -> {
                Files.createFile(file);
                return EnumSet.of(Loss.FIFO);
            }
            case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                Files.createFile(file);
                return EnumSet.of(Loss.DEVICE);
            }
            default -> throw new IllegalArgumentException("not special: " + entry.kind());
        }
    }

    @Override
    public void link(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
        Files.createLink(((JdkTree) toTree).resolve(to), resolve(from));
    }

    @Override
    public void rename(TreePath from, TreeFiles toTree, TreePath to) throws IOException {
        Files.move(resolve(from), ((JdkTree) toTree).resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(TreePath path) throws IOException {
        try {
            Files.deleteIfExists(resolve(path));
        } catch (NoSuchFileException gone) {
            // what is not there needs no deleting
        }
    }

    @Override
    public Set<Loss> setAttributes(TreePath path, TreeEntry entry) throws IOException {
        EnumSet<Loss> losses = EnumSet.noneOf(Loss.class);
        Path file = resolve(path);
        Status now = status(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        if (now.uid() != entry.uid() || now.gid() != entry.gid()) {
            try {
                Files.setAttribute(file, "unix:uid", (int) entry.uid(), LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", (int) entry.gid(), LinkOption.NOFOLLOW_LINKS);
            } catch (IOException
                    | UnsupportedOperationException
                    | IllegalArgumentException refused) {
                losses.add(Loss.OWNER);
            }
        }
        setUserAttributes(path, entry, losses);
        if (now.kind().equals(Optional.of(EntryKind.SYMLINK))) {
            losses.add(Loss.TIME);
            return losses;
        }
        setMode(file, entry.mode(), unix, losses);
        Files.setLastModifiedTime(
                file,
                FileTime.from(
                        Instant.ofEpochSecond(
                                Math.floorDiv(entry.mtimeNanos(), 1_000_000_000L),
                                Math.floorMod(entry.mtimeNanos(), 1_000_000_000L))));
        if (status(path).orElseThrow().mtimeNanos() != entry.mtimeNanos()) {
            losses.add(Loss.TIME);
        }
        return losses;
    }

    private static void setMode(Path file, int mode, boolean unix, Set<Loss> losses)
            throws IOException {
        PosixFileAttributeView posix =
                Files.getFileAttributeView(
                        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (unix) {
            Files.setAttribute(file, "unix:mode", mode);
        } else if (posix != null) {
            PosixFilePermission[] all = PosixFilePermission.values();
            EnumSet<PosixFilePermission> wanted = EnumSet.noneOf(PosixFilePermission.class);
            for (int bit = 0; bit < all.length; bit++) {
                if ((mode & 0400 >> bit) != 0) {
                    wanted.add(all[bit]);
                }
            }
            posix.setPermissions(wanted);
            if ((mode & ~0777) != 0) {
                losses.add(Loss.MODE);
            }
        } else {
            losses.add(Loss.MODE);
        }
    }

    private void setUserAttributes(TreePath path, TreeEntry entry, Set<Loss> losses)
            throws IOException {
        UserDefinedFileAttributeView view = userAttributes(path);
        for (ExtendedAttribute attribute : entry.attributes()) {
            String name = attribute.name().toString();
            try {
                if (view == null || !name.startsWith("user.")) {
                    losses.add(name.startsWith("system.posix_acl_") ? Loss.ACL : Loss.ATTRIBUTES);
                } else {
                    view.write(name.substring(5), ByteBuffer.wrap(attribute.value().toBytes()));
                }
            } catch (IOException refused) {
                losses.add(Loss.ATTRIBUTES);
            }
        }
        if (view != null) {
            for (String present : view.list()) {
                RawBytes name = RawBytes.of("user." + present);
                if (entry.attributes().stream().noneMatch(wanted -> wanted.name().equals(name))) {
                    view.delete(present);
                }
            }
        }
    }

    /** Makes everything below a directory durable, one by one. */
    void forceBelow(TreePath directory) throws IOException {
        for (byte[] name : list(directory)) {
            TreePath path = directory.child(name);
            Optional<EntryKind> kind = status(path).flatMap(Status::kind);
            if (kind.equals(Optional.of(EntryKind.DIRECTORY))) {
                forceBelow(path);
            } else if (kind.equals(Optional.of(EntryKind.FILE))) {
                try (FileChannel channel =
                        FileChannel.open(resolve(path), StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
        if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel =
                    FileChannel.open(resolve(directory), StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public void close() {
        // nothing is kept open
    }
}
