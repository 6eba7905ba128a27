package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files for many writes that are made durable by one call at their end: what each asks for on the
 * way is left out, because the disk would be waited for every time.
 */
record Unforced(PoolFiles real) implements PoolFiles {

    /** Such files, where one call does it; the same files elsewhere. */
    static PoolFiles of(PoolFiles files) {
        return files.syncsAtOnce() ? new Unforced(files) : files;
    }

    @Override
    @SuppressWarnings("resource") // closed by whoever holds it
    public PoolFile open(Path file, Mode mode) throws IOException {
        return new File(real.open(file, mode));
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
    public void syncDirectory(Path directory) {
        // at the end
    }

    @Override
    public void syncAll(Path directory) throws IOException {
        real.syncAll(directory);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return real.usableBytes(directory);
    }

    @Override
    public long totalBytes(Path directory) throws IOException {
        return real.totalBytes(directory);
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

    private record File(PoolFile real) implements PoolFile {

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return real.read(target, position);
        }

        @Override
        public void write(ByteBuffer content, long position) throws IOException {
            real.write(content, position);
        }

        @Override
        public long sizeBytes() throws IOException {
            return real.sizeBytes();
        }

        @Override
        public void setSize(long sizeBytes) throws IOException {
            real.setSize(sizeBytes);
        }

        @Override
        public void punch(long position, long lengthBytes) throws IOException {
            real.punch(position, lengthBytes);
        }

        @Override
        public boolean share(PoolFile source, long sourcePosition, long position, long lengthBytes)
                throws IOException {
            PoolFile from = source instanceof File other ? other.real : source;
            return real.share(from, sourcePosition, position, lengthBytes);
        }

        @Override
        public void force() {
            // at the end
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
