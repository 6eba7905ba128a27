package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A disk manifest as the pool keeps it: a header of 64 bytes ({@code "SFDM"}, u16 version, u16
 * zero, i64 size, zeros), then 32 bytes for every block at {@code 64 + 32 × index}, so that a
 * commit writes only what changed. Chunks of zero markers are holes.
 */
final class StoredDiskManifest {

    private static final int MAGIC = 0x5346444d;
    private static final int HEADER = 64;

    private StoredDiskManifest() {}

    private static ByteBuffer header(long sizeBytes) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putInt(MAGIC)
                .putShort((short) DirectoryPool.FORMAT)
                .putShort((short) 0)
                .putLong(sizeBytes);
        return header.clear();
    }

    private static long fileSize(long sizeBytes) {
        return HEADER + Blocks.count(sizeBytes) * BlockHash.BYTES;
    }

    static void write(PoolFiles files, Path path, DiskManifest manifest) throws IOException {
        try (PoolFile file = files.open(path, PoolFiles.Mode.REPLACE)) {
            file.setSize(fileSize(manifest.sizeBytes()));
            file.write(header(manifest.sizeBytes()), 0);
            for (int chunk = 0; chunk < manifest.chunkCount(); chunk++) {
                if (!manifest.isZeroChunk(chunk)) {
                    long first = (long) chunk * DiskManifest.CHUNK_BLOCKS;
                    file.write(
                            ByteBuffer.wrap(manifest.chunkBytes(chunk)),
                            HEADER + first * BlockHash.BYTES);
                }
            }
            file.force();
        }
    }

    /** The size of the disk in an open manifest. */
    static long size(PoolFile file) throws IOException, Refusal {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        FileStreams.readFully(file, header, 0, "disk manifest");
        header.flip();
        Versions.check(header.getInt(), MAGIC, header.getShort(), "disk manifest");
        header.getShort();
        long size = header.getLong();
        if (size < 0 || size > Blocks.MAX_SIZE_BYTES || file.sizeBytes() != fileSize(size)) {
            throw new Damage("disk manifest of a wrong size");
        }
        return size;
    }

    static DiskManifest read(PoolFiles files, Path path) throws IOException, Refusal {
        try (PoolFile file = files.open(path, PoolFiles.Mode.READ)) {
            long size = size(file);
            DiskManifest none = DiskManifest.zero(size);
            DiskManifest.Editor editor = none.edit();
            for (int chunk = 0; chunk < none.chunkCount(); chunk++) {
                ByteBuffer hashes = ByteBuffer.allocate(none.chunkLength(chunk) * BlockHash.BYTES);
                long first = (long) chunk * DiskManifest.CHUNK_BLOCKS;
                FileStreams.readFully(
                        file, hashes, HEADER + first * BlockHash.BYTES, "disk manifest");
                editor.setChunk(chunk, hashes.array());
            }
            return editor.build();
        }
    }

    /** Changes the stored manifest in place; repeatable. */
    @SuppressWarnings("resource") // closed by whoever holds it
    static Patch patch(PoolFiles files, Path path) throws IOException {
        return new Patch(files.open(path, PoolFiles.Mode.WRITE));
    }

    /** An open stored manifest that is being changed. */
    static final class Patch implements AutoCloseable {

        private final PoolFile file;

        private Patch(PoolFile file) {
            this.file = file;
        }

        /** The disk has this size from now on. */
        void setSize(long sizeBytes) throws IOException {
            file.setSize(fileSize(sizeBytes));
            file.write(header(sizeBytes), 0);
        }

        void set(long index, BlockHash hash) throws IOException {
            file.write(ByteBuffer.wrap(hash.toBytes()), HEADER + index * BlockHash.BYTES);
        }

        void force() throws IOException {
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
