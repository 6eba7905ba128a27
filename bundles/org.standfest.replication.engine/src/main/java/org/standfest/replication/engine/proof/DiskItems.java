package org.standfest.replication.engine.proof;

import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The blocks of a disk. */
final class DiskItems implements Items {

    /** Reads a disk; fewer bytes than asked for only at its end. */
    @FunctionalInterface
    interface Reader {
        int read(long position, ByteBuffer target) throws IOException;
    }

    /** Something no block hashes to. */
    private static final BlockHash NOT_THERE =
            BlockHash.at(BlockHasher.sha256().digest(new byte[] {'g', 'o', 'n', 'e'}), 0);

    private final DiskManifest manifest;
    private final Reader reader;
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer buffer = ByteBuffer.allocate(Blocks.SIZE);

    DiskItems(DiskManifest manifest, Reader reader) {
        this.manifest = manifest;
        this.reader = reader;
    }

    @Override
    public long count() {
        return manifest.blockCount();
    }

    @Override
    public BlockHash expected(long item) {
        return manifest.hash(item);
    }

    @Override
    public Read read(long first, int count) throws IOException {
        List<BlockHash> digests = new ArrayList<>(count);
        long bytes = 0;
        for (long item = first; item < first + count; item++) {
            int length = Blocks.length(item, manifest.sizeBytes());
            buffer.clear().limit(length);
            int read = 0;
            while (buffer.hasRemaining()) {
                int more = reader.read(item * Blocks.SIZE + read, buffer);
                if (more <= 0) {
                    break;
                }
                read += more;
            }
            bytes += read;
            digests.add(read == length ? hasher.hash(buffer.flip()) : NOT_THERE);
        }
        return new Read(digests, bytes);
    }

    @Override
    public long bytes(long item) {
        return Blocks.SIZE;
    }

    @Override
    public String name(long item) {
        return Long.toString(item);
    }
}
