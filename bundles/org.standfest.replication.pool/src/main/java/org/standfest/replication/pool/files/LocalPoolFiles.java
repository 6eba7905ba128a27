package org.standfest.replication.pool.files;

import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.Overflow;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The file system of this machine. On Linux with native access everything is kept; elsewhere the
 * JDK's means are used, and what they cannot keep is reported as {@link TreeFiles.Loss}. Safe for
 * any thread.
 */
@SuppressWarnings("resource") // what is opened here is closed by the caller
public final class LocalPoolFiles implements PoolFiles {

    private final boolean nativeCalls;

    private final EarlySync early = new EarlySync();

    /** With all this machine offers. */
    public LocalPoolFiles() {
        this(isLinux());
    }

    /**
     * Asks no native code: binding it takes longer than a resident program without trees should
     * wait.
     */
    private static boolean isLinux() {
        return "linux".equals(System.getProperty("os.name").toLowerCase(Locale.ROOT))
                && "64".equals(System.getProperty("sun.arch.data.model", "64"));
    }

    private LocalPoolFiles(boolean nativeCalls) {
        this.nativeCalls = nativeCalls;
    }

    /** With the JDK's own means only, as on machines without Linux' C library. */
    public static LocalPoolFiles withoutNativeCalls() {
        return new LocalPoolFiles(false);
    }

    @Override
    public PoolFile open(Path file, Mode mode) throws IOException {
        Set<OpenOption> options =
                switch (mode) {
                    case READ -> Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                    case WRITE ->
                            Set.of(
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.CREATE,
                                    LinkOption.NOFOLLOW_LINKS);
                    case REPLACE ->
                            Set.of(
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.TRUNCATE_EXISTING,
                                    LinkOption.NOFOLLOW_LINKS);
                };
        return new LocalFile(file, FileChannel.open(file, options), nativeCalls, mode != Mode.READ);
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        try {
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        directory,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(directory);
            }
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw there;
            }
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void deleteTree(Path directory) throws IOException {
        if (!exists(directory)) {
            return;
        }
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException failed)
                            throws IOException {
                        if (failed != null) {
                            throw failed;
                        }
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static boolean isDirectory(TreeFiles tree, TreePath path) throws IOException {
        return tree.status(path)
                .flatMap(TreeFiles.Status::kind)
                .equals(Optional.of(EntryKind.DIRECTORY));
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (nativeCalls
                || directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public void syncAll(Path directory) throws IOException {
        if (nativeCalls) {
            try (SyncWatch now = watch(directory)) {
                now.syncAll(directory);
            }
            return;
        }
        try (TreeFiles tree = tree(directory)) {
            ((JdkTree) tree).forceBelow(TreePath.ROOT);
        }
    }

    @Override
    public SyncWatch watch(Path directory) throws IOException {
        return nativeCalls ? new FileSystemWatch(directory) : PoolFiles.super.watch(directory);
    }

    @Override
    public void startWritingAll(Path directory) {
        if (nativeCalls) {
            early.start();
        }
    }

    @Override
    public boolean syncsAtOnce() {
        return nativeCalls;
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    @Override
    public long totalBytes(Path directory) throws IOException {
        return Files.getFileStore(directory).getTotalSpace();
    }

    @Override
    public long allocatedBytes(Path path) throws IOException {
        if (!exists(path)) {
            return 0;
        }
        try (TreeFiles parent = tree(path.getParent())) {
            TreePath name = TreePath.of(path.getFileName().toString());
            return allocatedBytes(parent, name);
        }
    }

    private static long allocatedBytes(TreeFiles tree, TreePath path) throws IOException {
        long sum = tree.status(path).map(TreeFiles.Status::allocatedBytes).orElse(0L);
        if (isDirectory(tree, path)) {
            for (byte[] name : tree.list(path)) {
                sum += allocatedBytes(tree, path.child(name));
            }
        }
        return sum;
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        LinkOption.NOFOLLOW_LINKS);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException sameProcess) {
            // somebody else in this process has it
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public Overflow overflow() {
        return nativeCalls ? FileOverflow.STANDARD : Overflow.HEAP;
    }

    @Override
    public TreeFiles tree(Path directory) throws IOException {
        return nativeCalls ? new UnixTree(directory) : new JdkTree(directory);
    }
}
