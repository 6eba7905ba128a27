package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreeEntry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a damaged content everywhere in the pool: in the same system, its older points, in
 * every other system. Equal hash is equal content, and who has the hash is owed the content, so the
 * customer does not matter here. For one thread.
 */
final class Rescue {

    private final PoolFiles files;
    private final UpkeepDesk.Systems systems;
    private final SystemStore store;
    private final Mending mending;
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);

    Rescue(Tools tools, UpkeepDesk.Systems systems, SystemStore store) {
        this.files = tools.files();
        this.systems = systems;
        this.store = store;
        this.mending = new Mending(files, store.paths());
    }

    /** Puts a block right; false when nobody has its content. */
    boolean mend(Scrub.Unit unit, DamageList.Item item) throws IOException, Refusal {
        WantedBlock block = item.block();
        if (block.hash().isZero()) {
            buffer.clear();
            return length(unit, item) && write(unit, item);
        }
        return find(block.hash(), unit, block) && write(unit, item);
    }

    /** Zero blocks have no content to tell their length. */
    private boolean length(Scrub.Unit unit, DamageList.Item item) throws IOException, Refusal {
        WantedBlock block = item.block();
        if (unit.volume().kind() == VolumeKind.DISK) {
            buffer.limit(Blocks.length(block.index(), unit.volume().sizeBytes()));
        } else if (unit.newest()) {
            Path manifest = store.paths().treeManifest(block.volume());
            Optional<TreeEntry> entry =
                    StoredTreeManifest.read(files, manifest).find(block.file().orElseThrow());
            if (!Mending.demands(entry, block)) {
                return false;
            }
            buffer.limit(Blocks.length(block.index(), entry.get().sizeBytes()));
        } else {
            return false;
        }
        Zeros.fill(buffer);
        buffer.flip();
        return true;
    }

    private boolean find(BlockHash hash, Scrub.Unit unit, WantedBlock block)
            throws IOException, Refusal {
        if (block.file().isEmpty() && atOtherAges(hash, unit, block)) {
            return true;
        }
        List<SystemStore> places = new ArrayList<>(systems.all());
        places.remove(store);
        places.addFirst(store);
        for (SystemStore place : places) {
            if (inNewest(hash, place)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Other points of the same disk at the same place: where storage is not shared, one is right.
     */
    private boolean atOtherAges(BlockHash hash, Scrub.Unit unit, WantedBlock block)
            throws IOException, Refusal {
        return store.reading(
                state -> {
                    for (StoredPoint point : state.stored()) {
                        Optional<PooledVolume> volume = point.point().volume(block.volume());
                        if (point.number() == unit.number() || volume.isEmpty()) {
                            continue;
                        }
                        try (DiskAt disk =
                                DiskAt.open(
                                        files,
                                        store.paths(),
                                        state.numbers(),
                                        point.number(),
                                        volume.get())) {
                            if (block.index() < disk.manifest().blockCount()
                                    && disk.manifest().hash(block.index()).equals(hash)
                                    && disk.read(block.index(), buffer)) {
                                return true;
                            }
                        } catch (Damage | FileSystemException broken) {
                            // this point cannot help
                        }
                    }
                    return false;
                });
    }

    private boolean inNewest(BlockHash hash, SystemStore place) throws IOException {
        try {
            for (ContentIndex.Place found : place.index().findAll(hash)) {
                if (read(place.paths(), found) && hasher.hash(buffer).equals(hash)) {
                    return true;
                }
            }
        } catch (Refusal | Damage | FileSystemException broken) {
            // this system cannot help
        }
        if (place != store) {
            place.forgetUnlessOpen();
        }
        return false;
    }

    private boolean read(SystemFiles paths, ContentIndex.Place place) throws IOException {
        int length;
        int got;
        switch (place) {
            case ContentIndex.Place.InDisk(String volume, long index, int blockLength) -> {
                length = blockLength;
                try (PoolFile image = files.open(paths.image(volume), PoolFiles.Mode.READ)) {
                    got = image.read(buffer.clear().limit(length), index * Blocks.SIZE);
                }
            }
            case ContentIndex.Place.InTree(var volume, var path, int block, int blockLength) -> {
                length = blockLength;
                try (TreeFiles tree = files.tree(paths.tree(volume));
                        PoolFile file = tree.open(path, PoolFiles.Mode.READ)) {
                    got = file.read(buffer.clear().limit(length), (long) block * Blocks.SIZE);
                }
            }
        }
        buffer.flip();
        return got == length;
    }

    /** Writes the content in the place of the damaged one, if it still belongs there. */
    private boolean write(Scrub.Unit unit, DamageList.Item item) throws IOException, Refusal {
        boolean[] done = new boolean[1];
        store.exclusively(state -> done[0] = write(state, unit, item));
        return done[0];
    }

    private boolean write(SystemState state, Scrub.Unit unit, DamageList.Item item)
            throws IOException, Refusal {
        WantedBlock block = item.block();
        SystemFiles paths = store.paths();
        if (!unit.newest()) {
            return mending.older(state, item, buffer);
        }
        long newest = state.numbers().getFirst();
        if (state.point(newest).point().volume(block.volume()).isEmpty()) {
            return false;
        }
        return block.file().isEmpty()
                ? mending.disk(state, newest, block, buffer)
                : mending.tree(
                        block,
                        buffer,
                        StoredTreeManifest.read(files, paths.treeManifest(block.volume())));
    }
}
