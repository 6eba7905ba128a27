package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A disk as one recovery point has it: the nearest whole image at or after the point, and the
 * reverse deltas between. Its manifest is proved by the point's root. The caller holds the system's
 * content lock. For one thread.
 */
final class DiskAt implements AutoCloseable {

    private final DiskManifest manifest;
    private final PoolFile base;
    private final Path basePath;

    /** The wanted point's own delta first: what it says hides what newer ones say. */
    private final List<Layer> layers;

    private final BlockHasher hasher = new BlockHasher();

    private DiskAt(DiskManifest manifest, PoolFile base, Path basePath, List<Layer> layers) {
        this.manifest = manifest;
        this.base = base;
        this.basePath = basePath;
        this.layers = layers;
    }

    /** Where a block's content lies. */
    record Place(PoolFile file, Path path, long position) {}

    /** One reverse delta: its blocks in ascending order, with the places of their contents. */
    private record Layer(long[] indices, long[] positions, PoolFile file, Path path) {

        long position(long index) {
            int at = Arrays.binarySearch(indices, index);
            return at < 0 ? NOT_HERE : positions[at];
        }
    }

    private static final long NOT_HERE = -2;

    /**
     * Opens the disk.
     *
     * @param numbers the numbers of all points, the newest first
     * @param number the wanted point
     * @param volume the disk as that point says
     */
    static DiskAt open(
            PoolFiles files,
            SystemFiles paths,
            List<Long> numbers,
            long number,
            PooledVolume volume)
            throws IOException, Refusal {
        String name = volume.name();
        List<Path> deltas = new ArrayList<>();
        Path image = paths.image(name);
        Path hashes = paths.diskManifest(name);
        for (long at : numbers.reversed()) {
            Path older = paths.older(at);
            if (at < number || at == numbers.getFirst()) {
                continue;
            }
            if (files.exists(SystemFiles.clone(older, name))) {
                image = SystemFiles.clone(older, name);
                hashes = SystemFiles.cloneManifest(older, name);
                break;
            }
            deltas.add(SystemFiles.diskDelta(older, name));
        }
        return open(files, image, hashes, deltas, volume);
    }

    private static DiskAt open(
            PoolFiles files, Path image, Path hashes, List<Path> deltas, PooledVolume volume)
            throws IOException, Refusal {
        DiskManifest manifest = StoredDiskManifest.read(files, hashes);
        List<Layer> layers = new ArrayList<>();
        PoolFile base = null;
        boolean complete = false;
        try {
            base = files.open(image, PoolFiles.Mode.READ);
            for (Path delta : deltas.reversed()) {
                LongList indices = new LongList();
                LongList positions = new LongList();
                long size = BlockTable.size(files, delta);
                DiskManifest.Editor editor = manifest.edit(size);
                BlockTable.read(
                        files,
                        delta,
                        BlockTable.DELTA,
                        (index, hash, position) -> {
                            editor.set(index, hash);
                            indices.add(index);
                            positions.add(position);
                        });
                manifest = editor.build();
                layers.addFirst(
                        new Layer(
                                indices.toArray(),
                                positions.toArray(),
                                files.open(delta, PoolFiles.Mode.READ),
                                delta));
            }
            if (!manifest.root().equals(volume.root())
                    || manifest.sizeBytes() != volume.sizeBytes()) {
                throw new Damage(
                        "way to "
                                + volume.name()
                                + " that does not lead to its recovery point's root");
            }
            complete = true;
            return new DiskAt(manifest, base, image, layers);
        } catch (IndexOutOfBoundsException wrong) {
            throw new Damage("reverse delta of " + volume.name() + " beyond the disk", wrong);
        } finally {
            if (!complete) {
                close(base, layers);
            }
        }
    }

    DiskManifest manifest() {
        return manifest;
    }

    /** Where a block lies; of a zero block the position may be -1. */
    Place place(long index) {
        for (Layer layer : layers) {
            long position = layer.position(index);
            if (position != NOT_HERE) {
                return new Place(layer.file(), layer.path(), position);
            }
        }
        return new Place(base, basePath, index * Blocks.SIZE);
    }

    /** Whether every block lies in the image itself. */
    boolean isWhole() {
        return layers.isEmpty();
    }

    PoolFile base() {
        return base;
    }

    Path basePath() {
        return basePath;
    }

    /**
     * Reads a block into a buffer, ready to be read from; false when it is not what was committed.
     */
    boolean read(long index, ByteBuffer target) throws IOException {
        int length = Blocks.length(index, manifest.sizeBytes());
        target.clear().limit(length);
        if (manifest.hash(index).isZero()) {
            Zeros.fill(target);
            target.flip();
            return true;
        }
        Place place = place(index);
        int got = place.file().read(target, place.position());
        target.flip();
        return got == length && hasher.hash(target).equals(manifest.hash(index));
    }

    private static void close(PoolFile base, List<Layer> layers) throws IOException {
        List<PoolFile> all = new ArrayList<>(layers.stream().map(Layer::file).toList());
        all.add(base);
        Closing.all(all);
    }

    @Override
    public void close() throws IOException {
        close(base, layers);
    }
}
