package org.standfest.replication.simulation.world;

import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A small disk of a protected system at one instant. Immutable. */
final class SourceDisk {

    private static final int MOST_BLOCKS = 5;

    private final long sizeBytes;
    private final List<Block> blocks;
    private DiskManifest manifest;

    private SourceDisk(long sizeBytes, List<Block> blocks) {
        this.sizeBytes = sizeBytes;
        this.blocks = List.copyOf(blocks);
    }

    static SourceDisk random(RandomGenerator random) {
        return new SourceDisk(0, List.of()).resized(random).changed(random);
    }

    private static long size(RandomGenerator random) {
        long whole = (long) random.nextInt(MOST_BLOCKS) * Blocks.SIZE;
        return whole + 512L * (1 + random.nextInt(4));
    }

    SourceDisk resized(RandomGenerator random) {
        long size = size(random);
        List<Block> kept = new ArrayList<>();
        for (int i = 0; i < Blocks.count(size); i++) {
            int length = Blocks.length(i, size);
            kept.add(i < blocks.size() ? blocks.get(i).ofLength(length) : Block.zero(length));
        }
        return new SourceDisk(size, kept);
    }

    SourceDisk changed(RandomGenerator random) {
        List<Block> changed = new ArrayList<>(blocks);
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(changed.size());
            Block old = changed.get(at);
            int length = old.bytes().length;
            changed.set(
                    at,
                    switch (random.nextInt(5)) {
                        case 0 -> Block.zero(length);
                        case 1 -> changed.get(random.nextInt(changed.size())).ofLength(length);
                        case 2 -> Block.random(random, length);
                        default -> old.changed(random);
                    });
        }
        return new SourceDisk(sizeBytes, changed);
    }

    long sizeBytes() {
        return sizeBytes;
    }

    Block block(long index) {
        return blocks.get((int) index);
    }

    DiskManifest manifest() {
        if (manifest == null) {
            DiskManifest.Editor editor = DiskManifest.zero(sizeBytes).edit();
            for (int i = 0; i < blocks.size(); i++) {
                editor.set(i, blocks.get(i).hash());
            }
            manifest = editor.build();
        }
        return manifest;
    }

    /** Whether a native image has this content. */
    boolean isSame(byte[] image) {
        if (image.length != sizeBytes) {
            return false;
        }
        for (int i = 0; i < blocks.size(); i++) {
            byte[] block = blocks.get(i).bytes();
            int at = i * Blocks.SIZE;
            if (!java.util.Arrays.equals(image, at, at + block.length, block, 0, block.length)) {
                return false;
            }
        }
        return true;
    }
}
