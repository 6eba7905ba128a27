package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes a disk of a recovery point as an image, every content checked before it counts. */
final class Images {

    private Images() {}

    /** Asked before an image is written that shares nothing. */
    interface Room {
        void check() throws IOException, Refusal;
    }

    /**
     * Writes and makes durable. The whole image is shared where the file system can, and what
     * differs in the point goes over it; otherwise holes stay holes.
     *
     * @param out an empty file
     */
    static void write(DiskAt disk, PoolFile out, Progress progress, Room room)
            throws IOException, Refusal {
        DiskManifest manifest = disk.manifest();
        long size = manifest.sizeBytes();
        long baseSize = disk.base().sizeBytes();
        boolean shared = baseSize > 0 && out.share(disk.base(), 0, 0, baseSize);
        if (!shared) {
            room.check();
        }
        out.setSize(size);
        ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);
        for (long i = 0; i < manifest.blockCount(); i++) {
            if (progress.cancelled()) {
                throw Refusal.of("pool.cancelled");
            }
            progress.report(i * Blocks.SIZE, size);
            if (manifest.hash(i).isZero()) {
                if (shared && disk.place(i).file() != disk.base()) {
                    out.punch(i * Blocks.SIZE, Blocks.length(i, size));
                }
                continue;
            }
            if (!disk.read(i, buffer)) {
                throw new Damage("content of block " + i);
            }
            DiskAt.Place place = disk.place(i);
            boolean there = shared && place.file() == disk.base();
            if (!there
                    && !(shared
                            && out.share(
                                    place.file(),
                                    place.position(),
                                    i * Blocks.SIZE,
                                    Blocks.length(i, size)))) {
                out.write(buffer, i * Blocks.SIZE);
            }
        }
        out.force();
    }
}
