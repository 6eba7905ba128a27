package org.standfest.replication.windows;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The files of a Windows machine: trees with access control lists, attributes and alternate
 * streams, and with what tells a changed file from an unchanged one. Everything else is left to the
 * files it is given. Safe for any thread. Never tried on Windows.
 */
public final class WindowsFiles implements PoolFiles {

    private final PoolFiles plain;
    private final FileFacts facts;

    WindowsFiles(PoolFiles plain, FileFacts facts) {
        this.plain = plain;
        this.facts = facts;
    }

    /** Files of this machine: these on Windows, the given ones anywhere else. */
    public static PoolFiles ofThisSystem(PoolFiles plain) {
        return isWindows() ? new WindowsFiles(plain, new WindowsCalls()) : plain;
    }

    /** Whether this is Windows. */
    static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    @Override
    public TreeFiles tree(Path directory) throws IOException {
        return new WindowsTree(directory, plain.tree(directory), facts);
    }

    @Override
    public PoolFile open(Path file, Mode mode) throws IOException {
        return plain.open(file, mode);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return plain.exists(path);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return plain.list(directory);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        plain.createDirectory(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        plain.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        plain.delete(path);
    }

    @Override
    public void deleteTree(Path directory) throws IOException {
        plain.deleteTree(directory);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        plain.syncDirectory(directory);
    }

    @Override
    public void syncAll(Path directory) throws IOException {
        plain.syncAll(directory);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return plain.usableBytes(directory);
    }

    @Override
    public long allocatedBytes(Path path) throws IOException {
        return plain.allocatedBytes(path);
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        return plain.lock(file);
    }
}
