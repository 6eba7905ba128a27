package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;

/**
 * Which blocks of an older point's disk have to be read to know that they are right, when the next
 * newer point was read: those that it does not have, and those that it has in another storage. Two
 * points with the same content do not share it for ever: a repair of the newer one parts them, and
 * so does a removal of what was between them. Stateless.
 */
final class OwnBlocks {

    /** A range that is asked about at once, and halved when the answer is no. */
    private static final long RANGE_BLOCKS = 1_024;

    private OwnBlocks() {}

    /**
     * The blocks of a disk, ascending.
     *
     * @param points all points that can be read, the newest first
     * @param disk the older point's disk, open
     */
    static LongList of(
            PoolFiles files,
            SystemFiles paths,
            List<Long> numbers,
            List<RecoveryPoint> points,
            long number,
            String volume,
            DiskAt disk)
            throws IOException {
        LongList own = new LongList();
        Optional<RecoveryPoint> newer =
                points.reversed().stream().filter(point -> point.number() > number).findFirst();
        Optional<PooledVolume> there = newer.flatMap(point -> point.volume(volume));
        if (there.isPresent()) {
            long newerNumber = newer.get().number();
            try (DiskAt before = DiskAt.open(files, paths, numbers, newerNumber, there.get())) {
                add(disk, before, own);
                return own;
            } catch (Damage | FileSystemException | Refusal unreadable) {
                // what cannot be read proves nothing
            }
        }
        LongList all = new LongList();
        for (long i = 0; i < disk.manifest().blockCount(); i++) {
            addBlock(disk.manifest(), i, all);
        }
        return all;
    }

    /** Zeros have no storage to rot. */
    private static void addBlock(DiskManifest manifest, long index, LongList own) {
        if (!manifest.hash(index).isZero()) {
            own.add(index);
        }
    }

    private static void add(DiskAt disk, DiskAt newer, LongList own) throws IOException {
        boolean clone = disk.isWhole();
        long blocks = disk.manifest().blockCount();
        for (long first = 0; first < blocks; first += RANGE_BLOCKS) {
            long end = Math.min(first + RANGE_BLOCKS, blocks);
            if (clone) {
                addUnshared(disk, newer, first, end, own);
            } else {
                for (long i = first; i < end; i++) {
                    if (!sameHash(disk, newer, i) || !samePlace(disk, newer, i)) {
                        addBlock(disk.manifest(), i, own);
                    }
                }
            }
        }
    }

    private static boolean sameHash(DiskAt disk, DiskAt newer, long index) {
        BlockHash hash = disk.manifest().hash(index);
        return index < newer.manifest().blockCount() && newer.manifest().hash(index).equals(hash);
    }

    /** A delta may have what the newer point has as well. */
    private static boolean samePlace(DiskAt disk, DiskAt newer, long index) {
        DiskAt.Place here = disk.place(index);
        DiskAt.Place there = newer.place(index);
        return here.position() == there.position() && here.path().equals(there.path());
    }

    private static void addUnshared(DiskAt disk, DiskAt newer, long first, long end, LongList own)
            throws IOException {
        if (shared(disk, newer, first, end)) {
            return;
        }
        if (end - first == 1) {
            addBlock(disk.manifest(), first, own);
            return;
        }
        long middle = (first + end) / 2;
        addUnshared(disk, newer, first, middle, own);
        addUnshared(disk, newer, middle, end, own);
    }

    /** Whether the newer point has these blocks as well, in the same storage. */
    private static boolean shared(DiskAt disk, DiskAt newer, long first, long end)
            throws IOException {
        for (long i = first; i < end; i++) {
            if (!sameHash(disk, newer, i) || !newer.place(i).path().equals(newer.basePath())) {
                return false;
            }
        }
        long from = first * Blocks.SIZE;
        long to = Math.min(end * Blocks.SIZE, disk.manifest().sizeBytes());
        return newer.basePath().equals(disk.basePath())
                || disk.base().sharesStorage(newer.base(), from, to - from);
    }
}
