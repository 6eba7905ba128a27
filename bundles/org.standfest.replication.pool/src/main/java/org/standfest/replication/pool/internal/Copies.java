package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Copies files of the pool. */
final class Copies {

    private static final int PIECE = 1 << 16;

    private Copies() {}

    /** Copies a file durably, sharing its storage where the file system can. */
    static void copy(PoolFiles files, Path from, Path to) throws IOException {
        try (PoolFile source = files.open(from, PoolFiles.Mode.READ);
                PoolFile target = files.open(to, PoolFiles.Mode.REPLACE)) {
            long size = source.sizeBytes();
            if (size == 0 || !target.share(source, 0, 0, size)) {
                range(source, 0, target, 0, size);
            }
            target.force();
        }
    }

    /** Copies a range by reading and writing it. */
    static void range(PoolFile source, long from, PoolFile target, long to, long length)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
        for (long done = 0; done < length; ) {
            int piece = (int) Math.min(PIECE, length - done);
            FileStreams.readFully(source, buffer.clear().limit(piece), from + done, "file");
            target.write(buffer.flip(), to + done);
            done += piece;
        }
    }
}
