package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A list of disk blocks with hash and place of their content, as a file: magic, u16 version, u16
 * zero, i64 size of the disk, i64 number of blocks; for each in ascending order i64 index, 32 bytes
 * hash, i64 position of the content (-1 for zeros); at the end the SHA-256 of all before. A reverse
 * delta's contents follow in the same file; a plan's lie in the session's blocks file.
 */
final class BlockTable {

    static final int PLAN = 0x53464450;
    static final int DELTA = 0x53464444;
    static final long ZERO_CONTENT = -1;

    private static final int ALIGNMENT = 4_096;
    private static final int HEADER = 24;
    private static final int ENTRY = 8 + BlockHash.BYTES + 8;

    private BlockTable() {}

    /** What is done with each block of a table. */
    interface Visitor {
        void block(long index, BlockHash hash, long position) throws IOException, Refusal;
    }

    /**
     * The next multiple of 4 096: where a content may begin, so that file systems can share its
     * blocks.
     */
    static long align(long position) {
        return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Where the contents begin that follow a table of so many blocks. */
    static long contentStart(long count) {
        return align(HEADER + count * ENTRY + BlockHash.BYTES);
    }

    /** Writes a table block by block. */
    static final class Writer implements AutoCloseable {

        private final MessageDigest digest = BlockHasher.sha256();
        private final java.io.OutputStream raw;
        private final DataOutputStream out;
        private long left;

        Writer(PoolFile file, int magic, long sizeBytes, long count) throws IOException {
            raw = FileStreams.writer(file, 0);
            out = new DataOutputStream(new DigestOutputStream(raw, digest));
            left = count;
            out.writeInt(magic);
            out.writeShort(DirectoryPool.FORMAT);
            out.writeShort(0);
            out.writeLong(sizeBytes);
            out.writeLong(count);
        }

        void add(long index, BlockHash hash, long position) throws IOException {
            left--;
            out.writeLong(index);
            out.write(hash.toBytes());
            out.writeLong(position);
        }

        @Override
        public void close() throws IOException {
            if (left != 0) {
                throw new IllegalStateException("table with another number of blocks than said");
            }
            out.flush();
            raw.write(digest.digest());
            raw.close();
        }
    }

    /** The size of the disk that a delta leads to. */
    static long size(PoolFiles files, Path path) throws IOException, Refusal {
        try (PoolFile file = files.open(path, PoolFiles.Mode.READ)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            String what = path.getFileName().toString();
            FileStreams.readFully(file, header, 0, what);
            Versions.check(header.getInt(0), DELTA, header.getShort(4), what);
            long size = header.getLong(8);
            if (size < 0 || size > Blocks.MAX_SIZE_BYTES) {
                throw new Damage(what + " of a wrong size");
            }
            return size;
        }
    }

    /** Reads a table, checking it first as a whole, so that nothing is done with a damaged one. */
    static long read(PoolFiles files, Path path, int magic, Visitor visitor)
            throws IOException, Refusal {
        try (PoolFile file = files.open(path, PoolFiles.Mode.READ)) {
            pass(file, path, magic, (index, hash, position) -> {});
            return pass(file, path, magic, visitor);
        }
    }

    private static long pass(PoolFile file, Path path, int magic, Visitor visitor)
            throws IOException, Refusal {
        String what = path.getFileName().toString();
        MessageDigest digest = BlockHasher.sha256();
        DataInputStream in =
                new DataInputStream(new DigestInputStream(FileStreams.reader(file, 0), digest));
        try {
            Versions.check(in.readInt(), magic, in.readUnsignedShort(), what);
            in.readUnsignedShort();
            long size = in.readLong();
            long count = in.readLong();
            if (size < 0
                    || size > Blocks.MAX_SIZE_BYTES
                    || count < 0
                    || count > Blocks.count(Blocks.MAX_SIZE_BYTES)) {
                throw new Damage(what + " of a wrong size");
            }
            byte[] hash = new byte[BlockHash.BYTES];
            long before = -1;
            for (long i = 0; i < count; i++) {
                long index = in.readLong();
                in.readFully(hash);
                long position = in.readLong();
                if (index <= before || index >= Blocks.count(size) || position < ZERO_CONTENT) {
                    throw new Damage(what + " with a wrong block");
                }
                before = index;
                visitor.block(index, BlockHash.at(hash, 0), position);
            }
            byte[] computed = digest.digest();
            byte[] stated = new byte[BlockHash.BYTES];
            in.readFully(stated);
            if (!Arrays.equals(computed, stated)) {
                throw new Damage(what + " whose checksum does not match");
            }
            return size;
        } catch (java.io.EOFException early) {
            throw new Damage(what + " ends early", early);
        }
    }
}
