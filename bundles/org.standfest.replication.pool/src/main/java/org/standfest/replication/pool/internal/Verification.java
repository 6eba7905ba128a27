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

    /** Larger, because the way to an older point is read for each piece. */
    private static final int OLD_PIECE = 4_096;

    private final SystemStore store;
    private final PoolFiles files;
    private final SystemFiles paths;
    private final Progress progress;
    private final SystemState state;
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
        this.state = store.settled();
        this.points = state.points();
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
        Chain chain = piece(() -> new Chain(files, paths, state));
        for (PooledVolume volume : newest.volumes()) {
            if (volume.kind() == VolumeKind.DISK) {
                checkDisk(volume, chain.disk(volume.name()));
            } else {
                checkTree(volume, chain.tree(volume.name()));
            }
        }
        for (long number : state.numbers()) {
            if (points.stream().noneMatch(point -> point.number() == number)) {
                found("", "pool.found-sheet", number);
            }
        }
        for (RecoveryPoint older : points.subList(1, points.size())) {
            checkOlder(chain, older);
        }
        checkCopies();
        return new VerifyReport(
                store.state().id(),
                store.tools().clock().instant(),
                points.size(),
                checkedBytes,
                findings);
    }

    /** The second copies that repairs lean on. */
    private void checkCopies() throws IOException {
        List<Path> sheets = new ArrayList<>(List.of(paths.system(), paths.guards(), paths.holds()));
        points.forEach(point -> sheets.add(paths.point(point.number())));
        for (Path sheet : sheets) {
            try {
                if (files.exists(sheet)) {
                    Sheet.read(files, Sheet.copy(sheet));
                }
            } catch (Damage | java.nio.file.NoSuchFileException lost) {
                found("", "pool.found-copy", paths.root().relativize(sheet));
            }
        }
    }

    /**
     * One piece of work during which nothing changes; refused when something changed since the
     * beginning.
     */
    private <T> T piece(Callable<T> work) throws IOException, Refusal {
        if (progress.cancelled()) {
            throw Refusal.of("pool.cancelled");
        }
        return store.reading(
                now -> {
                    if (now != state && !now.stored().equals(state.stored())) {
                        throw Refusal.of("pool.verify-overtaken", now.name());
                    }
                    return call(work);
                });
    }

    private static <T> T call(Callable<T> work) throws IOException, Refusal {
        try {
            return work.call();
        } catch (IOException | Refusal | RuntimeException expected) {
            throw expected;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
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

    private void checkOlder(Chain chain, RecoveryPoint older) throws IOException, Refusal {
        try {
            piece(
                    () -> {
                        chain.back(older);
                        return null;
                    });
        } catch (Damage | java.nio.file.NoSuchFileException broken) {
            found("", "pool.found-delta", older.number(), broken.getMessage());
            return;
        }
        for (PooledVolume volume : older.volumes()) {
            String name = volume.name();
            if (volume.kind() == VolumeKind.DISK) {
                checkOlderDisk(volume, older);
            } else {
                Path nodes = SystemFiles.treeDeltaNodes(paths.older(older.number()), name);
                piece(() -> checkTreeDelta(volume, older, chain, nodes));
            }
        }
    }

    /** What the next newer point has as well in the same storage was read there. */
    private void checkOlderDisk(PooledVolume volume, RecoveryPoint older)
            throws IOException, Refusal {
        long number = older.number();
        try {
            LongList own =
                    piece(
                            () -> {
                                try (DiskAt disk = open(volume, number)) {
                                    return OwnBlocks.of(
                                            files,
                                            paths,
                                            state.numbers(),
                                            points,
                                            number,
                                            volume.name(),
                                            disk);
                                }
                            });
            for (int first = 0; first < own.size(); first += OLD_PIECE) {
                int begin = first;
                piece(
                        () -> {
                            try (DiskAt disk = open(volume, number)) {
                                int end = Math.min(begin + OLD_PIECE, own.size());
                                for (int i = begin; i < end; i++) {
                                    checkOlderBlock(volume, older, disk, own.get(i));
                                }
                            }
                            return null;
                        });
            }
        } catch (Damage | java.nio.file.FileSystemException broken) {
            found(volume.name(), "pool.found-delta", number, broken.getMessage());
        }
    }

    private DiskAt open(PooledVolume volume, long number) throws IOException, Refusal {
        return DiskAt.open(files, paths, state.numbers(), number, volume);
    }

    private void checkOlderBlock(PooledVolume volume, RecoveryPoint older, DiskAt disk, long index)
            throws IOException {
        boolean right = disk.read(index, buffer);
        checked(buffer.limit());
        if (!right) {
            found(
                    volume.name(),
                    "pool.found-old-content",
                    older.number(),
                    volume.name() + ' ' + index);
        }
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
