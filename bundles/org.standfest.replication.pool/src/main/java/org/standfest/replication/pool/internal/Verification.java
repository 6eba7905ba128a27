package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.results.Finding;
import org.standfest.results.Severity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Re-reads a system and compares it with its manifests. Works in pieces, so that a commit waits for
 * one piece at most; a commit in between ends the verification.
 */
final class Verification {

    private static final int MAX_FINDINGS = 1_000;
    private static final int PIECE = 256;

    private final SystemStore store;
    private final PoolFiles files;
    private final SystemFiles paths;
    private final Progress progress;
    private final List<RecoveryPoint> points;
    private final List<Finding> findings = new ArrayList<>();
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);
    private final long totalBytes;
    private long checkedBytes;

    Verification(SystemStore store, Progress progress) throws IOException, Refusal {
        this.store = store;
        this.files = store.tools().files();
        this.paths = store.paths();
        this.progress = progress;
        this.points = store.points();
        this.totalBytes =
                points.isEmpty()
                        ? 0
                        : points.getFirst().volumes().stream()
                                .mapToLong(PooledVolume::sizeBytes)
                                .sum();
    }

    VerifyReport run() throws IOException, Refusal {
        if (points.isEmpty()) {
            throw Refusal.of("pool.no-point", store.state().name());
        }
        RecoveryPoint newest = points.getFirst();
        // not as a piece: manifests are read under the system's monitor, which a commit holds while
        // it waits for pieces
        Chain chain = new Chain(store, newest);
        for (PooledVolume volume : newest.volumes()) {
            if (volume.kind() == VolumeKind.DISK) {
                checkDisk(volume, chain.disk(volume.name()));
            } else {
                checkTree(volume, chain.tree(volume.name()));
            }
        }
        for (RecoveryPoint older : points.subList(1, points.size())) {
            if (!checkOlder(chain, older)) {
                break;
            }
        }
        return new VerifyReport(
                store.state().id(),
                store.tools().clock().instant(),
                points.size(),
                checkedBytes,
                findings);
    }

    /**
     * One piece of work during which nothing changes; refused when something changed since the
     * beginning.
     */
    private <T> T piece(Callable<T> work) throws IOException, Refusal {
        if (progress.cancelled()) {
            throw Refusal.of("pool.cancelled");
        }
        store.content().readLock().lock();
        try {
            if (!store.stillShows(points.getFirst())) {
                throw Refusal.of("pool.verify-overtaken", store.state().name());
            }
            return work.call();
        } catch (IOException | Refusal | RuntimeException expected) {
            throw expected;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            store.content().readLock().unlock();
        }
    }

    private void found(String volume, String code, Object... arguments) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(
                    new Finding(
                            Severity.ERROR,
                            store.state().id(),
                            volume,
                            Words.explain(code, arguments)));
        }
    }

    private void checked(long bytes) {
        checkedBytes += bytes;
        progress.report(Math.min(checkedBytes, totalBytes), totalBytes);
    }

    private void checkDisk(PooledVolume volume, DiskManifest manifest) throws IOException, Refusal {
        long blocks = manifest.blockCount();
        for (long first = 0; first < blocks; first += PIECE) {
            long begin = first;
            long end = Math.min(first + PIECE, blocks);
            piece(
                    () -> {
                        try (PoolFile image =
                                files.open(paths.image(volume.name()), PoolFiles.Mode.READ)) {
                            if (begin == 0 && image.sizeBytes() != manifest.sizeBytes()) {
                                found(volume.name(), "pool.found-size", volume.name());
                            }
                            for (long i = begin; i < end; i++) {
                                int length = Blocks.length(i, manifest.sizeBytes());
                                if (!isAt(image, i * Blocks.SIZE, length, manifest.hash(i))) {
                                    found(volume.name(), "pool.found-block", volume.name(), i);
                                }
                            }
                        } catch (java.nio.file.FileSystemException gone) {
                            found(volume.name(), "pool.found-missing", volume.name());
                        }
                        return null;
                    });
        }
    }

    private boolean isAt(PoolFile file, long position, int length, BlockHash hash)
            throws IOException {
        int got = file.read(buffer.clear().limit(length), position);
        checked(length);
        return got == length && hasher.hash(buffer.flip()).equals(hash);
    }

    private void checkTree(PooledVolume volume, TreeManifest manifest) throws IOException, Refusal {
        for (int first = 0; first < manifest.size(); first += PIECE) {
            int begin = first;
            piece(
                    () -> {
                        try (TreeFiles tree = files.tree(paths.tree(volume.name()))) {
                            TreeComparison comparison = new TreeComparison(tree, volume.notKept());
                            for (int i = begin; i < Math.min(begin + PIECE, manifest.size()); i++) {
                                checkEntry(volume, tree, comparison, manifest, manifest.get(i));
                            }
                        } catch (java.nio.file.FileSystemException gone) {
                            found(volume.name(), "pool.found-missing", volume.name());
                        }
                        return null;
                    });
        }
    }

    private void checkEntry(
            PooledVolume volume,
            TreeFiles tree,
            TreeComparison comparison,
            TreeManifest manifest,
            TreeEntry entry)
            throws IOException {
        for (String difference : comparison.differences(entry, manifest)) {
            String path = entry.path().isRoot() ? "/" : entry.path().toString();
            if (difference.equals(TreeComparison.MISSING)) {
                found(volume.name(), "pool.found-entry-missing", path);
            } else if (difference.startsWith(TreeComparison.STRANGERS)) {
                String names = difference.substring(TreeComparison.STRANGERS.length());
                found(volume.name(), "pool.found-stranger", path, names);
            } else {
                found(volume.name(), "pool.found-entry", path, difference);
            }
        }
        if (comparison.isReadable(entry)) {
            try (PoolFile file = tree.open(entry.path(), PoolFiles.Mode.READ)) {
                checkContent(volume, file, entry);
            }
        }
    }

    private void checkContent(PooledVolume volume, PoolFile file, TreeEntry entry)
            throws IOException {
        for (int block = 0; block < entry.blocks().size(); block++) {
            int length = Blocks.length(block, entry.sizeBytes());
            if (!isAt(file, (long) block * Blocks.SIZE, length, entry.blocks().get(block))) {
                found(volume.name(), "pool.found-block", entry.path(), block);
            }
        }
    }

    /** False when the way to still older points is broken. */
    private boolean checkOlder(Chain chain, RecoveryPoint older) throws IOException, Refusal {
        try {
            piece(
                    () -> {
                        chain.back(older);
                        return null;
                    });
        } catch (Damage | java.nio.file.NoSuchFileException broken) {
            found("", "pool.found-delta", older.number(), broken.getMessage());
            return false;
        }
        for (PooledVolume volume : older.volumes()) {
            Path delta = paths.delta(older.number());
            if (volume.kind() == VolumeKind.DISK) {
                piece(
                        () ->
                                checkDiskDelta(
                                        volume,
                                        older,
                                        SystemFiles.diskDelta(delta, volume.name())));
            } else {
                piece(
                        () ->
                                checkTreeDelta(
                                        volume,
                                        older,
                                        chain,
                                        SystemFiles.treeDeltaNodes(delta, volume.name())));
            }
        }
        return true;
    }

    private Void checkDiskDelta(PooledVolume volume, RecoveryPoint older, Path delta)
            throws IOException, Refusal {
        try (PoolFile file = files.open(delta, PoolFiles.Mode.READ)) {
            BlockTable.read(
                    files,
                    delta,
                    BlockTable.DELTA,
                    (index, hash, position) -> {
                        int length = Blocks.length(index, volume.sizeBytes());
                        if (!hash.isZero() && !isAt(file, position, length, hash)) {
                            found(
                                    volume.name(),
                                    "pool.found-old-content",
                                    older.number(),
                                    volume.name() + ' ' + index);
                        }
                    });
        }
        return null;
    }

    private Void checkTreeDelta(PooledVolume volume, RecoveryPoint older, Chain chain, Path nodes)
            throws IOException {
        try (TreeFiles tree = files.tree(nodes)) {
            for (TreeDelta.Item item : chain.items(volume.name())) {
                if (item instanceof TreeDelta.Item.Node(TreeEntry entry, long number)) {
                    int before = findings.size();
                    try (PoolFile file =
                            tree.open(TreePlan.nodeName(number), PoolFiles.Mode.READ)) {
                        checkContent(volume, file, entry);
                    } catch (java.nio.file.NoSuchFileException gone) {
                        found(
                                volume.name(),
                                "pool.found-old-content",
                                older.number(),
                                entry.path());
                    }
                    if (findings.size() > before) {
                        found(
                                volume.name(),
                                "pool.found-old-content",
                                older.number(),
                                entry.path());
                    }
                }
            }
        }
        return null;
    }
}
