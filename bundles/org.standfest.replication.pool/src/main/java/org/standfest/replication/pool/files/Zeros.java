package org.standfest.replication.pool.files;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Zero bytes for file systems without holes. */
final class Zeros {

    private static final int PIECE = 65_536;

    private Zeros() {}

    static void write(PoolFile file, long position, long lengthBytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);
        for (long done = 0; done < lengthBytes; done += PIECE) {
            file.write(zeros.slice(0, (int) Math.min(PIECE, lengthBytes - done)), position + done);
        }
    }
}
