package org.standfest.replication.pool;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system that says how full it is. */
record FullFiles(PoolFiles real, long total, long usable) implements PoolFiles {

    @Override
    public PoolFile open(Path file, Mode mode) throws IOException {
        return real.open(file, mode);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return real.exists(path);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return real.list(directory);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        real.createDirectory(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        real.delete(path);
    }

    @Override
    public void deleteTree(Path directory) throws IOException {
        real.deleteTree(directory);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        real.syncDirectory(directory);
    }

    @Override
    public void syncAll(Path directory) throws IOException {
        real.syncAll(directory);
    }

    @Override
    public long usableBytes(Path directory) {
        return usable;
    }

    @Override
    public long totalBytes(Path directory) {
        return total;
    }

    @Override
    public long allocatedBytes(Path path) throws IOException {
        return real.allocatedBytes(path);
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        return real.lock(file);
    }

    @Override
    public TreeFiles tree(Path directory) throws IOException {
        return real.tree(directory);
    }
}
