package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Fingerprints as the agent keeps them: {@code "SFFP"}, u16 version 2, 32 bytes seed of the key,
 * i64 size of the disk; for every row of 64 blocks a byte 0 when nothing is known, otherwise a byte
 * 1 and 16 bytes a block; at the end the SHA-256 of all before. Stateless.
 */
final class DiskPrintsCodec {

    private static final int MAGIC = 0x53464650;
    private static final int VERSION = 2;
    private static final int DIGEST_BYTES = 32;

    private DiskPrintsCodec() {}

    static void write(DiskPrints prints, OutputStream out) throws IOException {
        MessageDigest digest = BlockHasher.sha256();
        DataOutputStream data = new DataOutputStream(new DigestOutputStream(out, digest));
        data.writeInt(MAGIC);
        data.writeShort(VERSION);
        data.write(prints.key().seed());
        data.writeLong(prints.sizeBytes());
        ByteBuffer bytes = ByteBuffer.allocate(2 * DiskPrints.ROW_BLOCKS * Long.BYTES);
        for (int row = 0; row < prints.rowCount(); row++) {
            data.writeByte(prints.row(row) == null ? 0 : 1);
            if (prints.row(row) != null) {
                bytes.asLongBuffer().put(prints.row(row));
                data.write(bytes.array());
            }
        }
        data.flush();
        out.write(digest.digest());
        out.flush();
    }

    /**
     * Reads fingerprints.
     *
     * @throws IOException they are damaged; then everything is hashed, nothing worse
     */
    static DiskPrints read(InputStream in) throws IOException {
        MessageDigest digest = BlockHasher.sha256();
        DataInputStream data = new DataInputStream(new DigestInputStream(in, digest));
        if (data.readInt() != MAGIC || data.readUnsignedShort() != VERSION) {
            throw new IOException("no fingerprints");
        }
        byte[] seed = new byte[PrintKey.SEED_BYTES];
        data.readFully(seed);
        long size = data.readLong();
        if (size < 0 || size > Blocks.MAX_SIZE_BYTES) {
            throw new IOException("fingerprints of " + size + " bytes");
        }
        DiskPrints none = DiskPrints.unknown(new PrintKey(seed), size);
        DiskPrints.Editor editor = none.edit(size);
        byte[] bytes = new byte[2 * DiskPrints.ROW_BLOCKS * Long.BYTES];
        for (int row = 0; row < none.rowCount(); row++) {
            int known = data.readUnsignedByte();
            if (known > 1) {
                throw new IOException("fingerprints with an unknown marker " + known);
            }
            if (known == 1) {
                data.readFully(bytes);
                long[] words = new long[2 * DiskPrints.ROW_BLOCKS];
                ByteBuffer.wrap(bytes).asLongBuffer().get(words);
                editor.put(row, words);
            }
        }
        byte[] computed = digest.digest();
        byte[] stated = new byte[DIGEST_BYTES];
        new DataInputStream(in).readFully(stated);
        if (!Arrays.equals(computed, stated)) {
            throw new IOException("damaged fingerprints");
        }
        return editor.build();
    }
}
