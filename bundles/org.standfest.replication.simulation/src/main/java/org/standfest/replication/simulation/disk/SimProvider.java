package org.standfest.replication.simulation.disk;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.EntryKind;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code java.nio.file.Files} does on a simulated disk. */
final class SimProvider extends FileSystemProvider {

    private final SimFileSystem system;
    private final SimDisk disk;
    private final Hand hand;

    SimProvider(SimFileSystem system, SimDisk disk, Hand hand) {
        this.system = system;
        this.disk = disk;
        this.hand = hand;
    }

    private SimFiles files() {
        return new SimFiles(disk, hand);
    }

    private static Path plain(Path path) {
        return Path.of(path.toAbsolutePath().normalize().toString());
    }

    @Override
    public String getScheme() {
        return "simulated";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        return system.getPath(uri.getPath());
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    @SuppressWarnings("resource") // the caller closes it
    public FileChannel newFileChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path file = plain(path);
        Node there = disk.find(file.toString(), true);
        boolean write =
                options.contains(StandardOpenOption.WRITE)
                        || options.contains(StandardOpenOption.APPEND);
        if (there != null && there.isDirectory()) {
            hand.before(Act.READ, file.toString());
            return new SimChannel(
                    () -> {
                        if (hand.before(Act.SYNC_DIRECTORY, file.toString())) {
                            disk.forceDirectory(there);
                        }
                    });
        }
        if (there != null && options.contains(StandardOpenOption.CREATE_NEW)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (there == null && !(write && mayCreate(options))) {
            hand.before(Act.READ, file.toString());
            throw new NoSuchFileException(path.toString());
        }
        PoolFiles.Mode mode =
                !write
                        ? PoolFiles.Mode.READ
                        : options.contains(StandardOpenOption.TRUNCATE_EXISTING)
                                ? PoolFiles.Mode.REPLACE
                                : PoolFiles.Mode.WRITE;
        PoolFile opened = files().open(file, mode);
        return new SimChannel(
                opened, options.contains(StandardOpenOption.APPEND) ? opened.sizeBytes() : 0);
    }

    private static boolean mayCreate(Set<? extends OpenOption> options) {
        return options.contains(StandardOpenOption.CREATE)
                || options.contains(StandardOpenOption.CREATE_NEW);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
            Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
        Node node = disk.directory(plain(directory).toString());
        hand.before(Act.READ, directory.toString());
        List<Path> entries = node.names.keySet().stream().map(directory::resolve).toList();
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return entries.iterator();
            }

            @Override
            public void close() {
                // nothing is kept
            }
        };
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        if (disk.find(plain(directory).toString(), false) != null) {
            throw new FileAlreadyExistsException(directory.toString());
        }
        files().createDirectory(plain(directory));
    }

    @Override
    public void delete(Path path) throws IOException {
        if (disk.find(plain(path).toString(), false) == null) {
            throw new NoSuchFileException(path.toString());
        }
        files().delete(plain(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        List<CopyOption> wanted = List.of(options);
        boolean replace =
                wanted.contains(StandardCopyOption.REPLACE_EXISTING)
                        || wanted.contains(StandardCopyOption.ATOMIC_MOVE);
        if (!replace && disk.find(plain(target).toString(), false) != null) {
            throw new FileAlreadyExistsException(target.toString());
        }
        files().rename(plain(source), plain(target));
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return plain(one).equals(plain(other));
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        hand.before(Act.READ, path.toString());
        existing(path, true);
    }

    private Node existing(Path path, boolean follow) throws IOException {
        Node node = disk.find(plain(path).toString(), follow);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
            Path path, Class<A> type, LinkOption... options) throws IOException {
        hand.before(Act.READ, path.toString());
        Node node = existing(path, options.length == 0);
        return type.cast(new Shown(node.kind, node.attributes, node.content.size(), node.number));
    }

    private record Shown(EntryKind kind, Attributes attributes, long bytes, long number)
            implements BasicFileAttributes {

        @Override
        public FileTime lastModifiedTime() {
            long nanos = attributes.mtimeNanos();
            return FileTime.from(
                    Instant.ofEpochSecond(
                            Math.floorDiv(nanos, 1_000_000_000L),
                            Math.floorMod(nanos, 1_000_000_000L)));
        }

        @Override
        public FileTime lastAccessTime() {
            return lastModifiedTime();
        }

        @Override
        public FileTime creationTime() {
            return lastModifiedTime();
        }

        @Override
        public boolean isRegularFile() {
            return kind == EntryKind.FILE;
        }

        @Override
        public boolean isDirectory() {
            return kind == EntryKind.DIRECTORY;
        }

        @Override
        public boolean isSymbolicLink() {
            return kind == EntryKind.SYMLINK;
        }

        @Override
        public boolean isOther() {
            return !isRegularFile() && !isDirectory() && !isSymbolicLink();
        }

        @Override
        public long size() {
            return bytes;
        }

        @Override
        public Object fileKey() {
            return number;
        }
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options) {
        throw new UnsupportedOperationException();
    }
}
