package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.ForwardingPoolFiles;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Files for many writes that are made durable by one call at their end: what each asks for on the
 * way is left out, because the disk would be waited for every time.
 */
record Unforced(PoolFiles real) implements ForwardingPoolFiles {

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
    public void syncDirectory(Path directory) {
        // at the end
    }

    @Override
    public boolean syncsAtOnce() {
        // whoever made these makes that call on the real ones
        return false;
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
        public void startWriting(long position, long lengthBytes) {
            real.startWriting(position, lengthBytes);
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
