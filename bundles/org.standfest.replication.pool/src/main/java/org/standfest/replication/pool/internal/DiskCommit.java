package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a commit needs of a disk: of a first copy its settled image, of a change the plan of what is
 * written and, as a clone or a reverse delta, what it replaces.
 */
final class DiskCommit {

    private final SystemStore store;
    private final PoolFiles files;
    private final SystemFiles paths;
    private final SystemFiles.Incoming incoming;
    private final StagedContent staged;
    private final CommitSource source;
    private final Durability durability;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);

    DiskCommit(
            SystemStore store,
            PoolFiles files,
            StagedContent staged,
            CommitSource source,
            Durability durability) {
        this.store = store;
        this.files = files;
        this.paths = store.paths();
        this.incoming = paths.incoming();
        this.staged = staged;
        this.source = source;
        this.durability = durability;
    }

    /**
     * A disk that is ready.
     *
     * @param brought the blocks that differ from the basis
     * @param changedBytes their content without zeros
     * @param partitions what the point says about them; empty for nothing
     */
    record Prepared(PooledVolume volume, LongList brought, long changedBytes, String partitions) {}

    /** Writes beside what the commit needs of a disk. */
    Prepared prepare(IncomingDisk disk, DiskManifest newer) throws IOException, Refusal {
        String name = disk.name();
        DiskManifest older = disk.basis();
        List<Long> changed = new ArrayList<>();
        newer.forEachChangeFrom(older, changed::add);
        LongList brought = new LongList();
        long changedBytes = 0;
        for (long index : changed) {
            brought.add(index);
            changedBytes +=
                    newer.hash(index).isZero() ? 0 : Blocks.length(index, newer.sizeBytes());
        }
        if (disk.isFirstCopy()) {
            disk.settle();
            durability.make(disk::force);
            StoredDiskManifest.write(files, incoming.manifest(name), newer);
        } else {
            List<Long> lost = new ArrayList<>();
            older.forEachChangeFrom(newer, lost::add);
            writePlan(name, newer, changed);
            if (!keepClone(name, older)) {
                store.checkSpace((changed.size() + lost.size()) * (long) Blocks.SIZE);
                writeDelta(name, older, lost);
            }
        }
        PooledVolume volume =
                new PooledVolume(
                        name, VolumeKind.DISK, newer.sizeBytes(), 0, newer.root(), new TreeSet<>());
        return new Prepared(volume, brought, changedBytes, partitions(disk, newer));
    }

    /** What block 0 says about partitions; of a block that stays, what was said before. */
    private String partitions(IncomingDisk disk, DiskManifest newer) throws IOException, Refusal {
        BlockHash first = newer.hash(0);
        Optional<StoredPoint> before = store.state().stored().stream().findFirst();
        if (!disk.isFirstCopy() && disk.basis().hash(0).equals(first) && before.isPresent()) {
            String known = before.get().extras().get(StoredPoint.PARTITIONS + disk.name());
            if (known != null) {
                return known;
            }
        }
        boolean read =
                !first.isZero()
                        && (disk.isFirstCopy()
                                ? disk.readFirst(buffer)
                                : source.read(first, buffer));
        return read ? Partitions.write(Partitions.parse(buffer, newer.sizeBytes())) : "";
    }

    /**
     * Keeps the disk as it is now as a clone, which costs no content; false where the file system
     * cannot. The original stays the newest point, because what is cached belongs to it.
     */
    private boolean keepClone(String name, DiskManifest older) throws IOException {
        if (store.tools().settings().form() == PoolSettings.OlderDisks.DELTAS) {
            return false;
        }
        Path clone = SystemFiles.clone(incoming.delta(), name);
        boolean shared;
        try (PoolFile image = files.open(paths.image(name), PoolFiles.Mode.READ);
                PoolFile copy = files.open(clone, PoolFiles.Mode.REPLACE)) {
            shared =
                    image.sizeBytes() == older.sizeBytes()
                            && copy.share(image, 0, 0, older.sizeBytes());
            if (shared) {
                copy.force();
            }
        }
        if (!shared) {
            files.delete(clone);
            return false;
        }
        Copies.copy(
                files, paths.diskManifest(name), SystemFiles.cloneManifest(incoming.delta(), name));
        return true;
    }

    private void writePlan(String name, DiskManifest newer, List<Long> changed)
            throws IOException, Refusal {
        try (PoolFile plan = files.open(incoming.plan(name), PoolFiles.Mode.REPLACE)) {
            try (BlockTable.Writer table =
                    new BlockTable.Writer(
                            plan, BlockTable.PLAN, newer.sizeBytes(), changed.size())) {
                for (long index : changed) {
                    BlockHash hash = newer.hash(index);
                    if (!hash.isZero()
                            && (!staged.read(hash, buffer)
                                    || buffer.remaining()
                                            != Blocks.length(index, newer.sizeBytes()))) {
                        throw Refusal.of("pool.content-missing", name + ' ' + index);
                    }
                    table.add(
                            index,
                            hash,
                            hash.isZero() ? BlockTable.ZERO_CONTENT : staged.position(hash));
                }
            }
            plan.force();
        }
    }

    private void writeDelta(String name, DiskManifest older, List<Long> lost) throws IOException {
        try (PoolFile delta =
                        files.open(
                                SystemFiles.diskDelta(incoming.delta(), name),
                                PoolFiles.Mode.REPLACE);
                PoolFile image = files.open(paths.image(name), PoolFiles.Mode.READ)) {
            long position = BlockTable.contentStart(lost.size());
            try (BlockTable.Writer table =
                    new BlockTable.Writer(
                            delta, BlockTable.DELTA, older.sizeBytes(), lost.size())) {
                for (long index : lost) {
                    BlockHash hash = older.hash(index);
                    if (hash.isZero()) {
                        table.add(index, hash, BlockTable.ZERO_CONTENT);
                        continue;
                    }
                    int length = Blocks.length(index, older.sizeBytes());
                    // damaged content is kept as it is, under the hash it should have: verification
                    // will tell
                    if (!delta.share(image, index * Blocks.SIZE, position, length)) {
                        image.read(buffer.clear().limit(length), index * Blocks.SIZE);
                        delta.write(buffer.position(0).limit(length), position);
                    }
                    table.add(index, hash, position);
                    position = BlockTable.align(position + length);
                }
            }
            delta.force();
        }
    }
}
