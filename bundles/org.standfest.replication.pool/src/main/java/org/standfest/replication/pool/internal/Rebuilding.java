package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes manifests anew from contents. What it makes counts only when a root proves it. */
final class Rebuilding {

    /** So many places may be wrong in a manifest or in the content, nobody knows in which. */
    private static final int MAX_DOUBTS = 16;

    private final Tools tools;
    private final PoolFiles files;
    private final SystemFiles paths;

    Rebuilding(Tools tools, SystemFiles paths) {
        this.tools = tools;
        this.files = tools.files();
        this.paths = paths;
    }

    /** The root of a stored manifest; empty when it cannot be read. */
    Optional<BlockHash> storedRoot(VolumeKind kind, Path manifest) throws IOException {
        try {
            return Optional.of(
                    kind == VolumeKind.DISK
                            ? StoredDiskManifest.read(files, manifest).root()
                            : StoredTreeManifest.read(files, manifest).root());
        } catch (Damage | NoSuchFileException | Refusal | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /** Makes a manifest that gives the volume's root; false when that is not possible. */
    boolean manifest(
            PooledVolume volume, Path manifest, Path image, boolean write, Progress progress)
            throws IOException, Refusal {
        try {
            if (volume.kind() == VolumeKind.TREE) {
                return tree(volume, manifest, image, write);
            }
            DiskManifest content = hash(image, volume.sizeBytes(), progress);
            Optional<DiskManifest> proved =
                    content.root().equals(volume.root())
                            ? Optional.of(content)
                            : mix(volume, content, manifest);
            if (proved.isPresent() && write) {
                Path beside = manifest.resolveSibling(manifest.getFileName() + ".new");
                StoredDiskManifest.write(files, beside, proved.get());
                files.rename(beside, manifest);
                files.syncDirectory(manifest.getParent());
            }
            return proved.isPresent();
        } catch (FileSystemException gone) {
            return false;
        }
    }

    private boolean tree(PooledVolume volume, Path manifest, Path root, boolean write)
            throws IOException {
        Optional<TreeManifest> found = new TreeScan(files).scan(root);
        boolean proved = found.isPresent() && found.get().root().equals(volume.root());
        if (proved && write) {
            Path beside = manifest.resolveSibling(manifest.getFileName() + ".new");
            StoredTreeManifest.write(files, beside, found.get());
            files.rename(beside, manifest);
            files.syncDirectory(manifest.getParent());
        }
        return proved;
    }

    private DiskManifest hash(Path image, long size, Progress progress)
            throws IOException, Refusal {
        BlockHasher hasher = new BlockHasher();
        ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);
        DiskManifest.Editor editor = DiskManifest.zero(size).edit();
        try (PoolFile file = files.open(image, PoolFiles.Mode.READ)) {
            for (long i = 0; i < Blocks.count(size); i++) {
                if (progress.cancelled()) {
                    throw Refusal.of("pool.cancelled");
                }
                progress.report(i * Blocks.SIZE, size);
                int length = Blocks.length(i, size);
                if (file.read(buffer.clear().limit(length), i * Blocks.SIZE) == length) {
                    editor.set(i, hasher.hash(buffer.flip()));
                }
            }
        }
        return editor.build();
    }

    /**
     * Where the old manifest and the content differ one of them is damaged: every combination is
     * tried, as long as there are few.
     */
    private Optional<DiskManifest> mix(PooledVolume volume, DiskManifest content, Path manifest)
            throws IOException, Refusal {
        DiskManifest stored;
        try {
            stored = StoredDiskManifest.read(files, manifest);
        } catch (Damage | NoSuchFileException unreadable) {
            return Optional.empty();
        }
        if (stored.sizeBytes() != content.sizeBytes()) {
            return Optional.empty();
        }
        List<Long> doubts = new ArrayList<>();
        content.forEachChangeFrom(stored, doubts::add);
        if (doubts.size() > MAX_DOUBTS) {
            return Optional.empty();
        }
        for (int choice = 0; choice < 1 << doubts.size(); choice++) {
            DiskManifest.Editor editor = content.edit();
            for (int i = 0; i < doubts.size(); i++) {
                if ((choice >> i & 1) != 0) {
                    editor.set(doubts.get(i), stored.hash(doubts.get(i)));
                }
            }
            DiskManifest mixed = editor.build();
            if (mixed.root().equals(volume.root())) {
                return Optional.of(mixed);
            }
        }
        return Optional.empty();
    }

    /**
     * A sheet for the newest point whose own is lost: only when every volume's manifest agrees with
     * its content, byte by byte; then it is what was committed, although nobody knows when.
     */
    Optional<RecoveryPoint> newest(long number, RecoveryPoint before, Progress progress)
            throws IOException, Refusal {
        List<PooledVolume> volumes = new ArrayList<>();
        for (PooledVolume known : before.volumes()) {
            try {
                Optional<PooledVolume> volume =
                        known.kind() == VolumeKind.DISK ? disk(known, progress) : tree(known);
                if (volume.isEmpty()) {
                    return Optional.empty();
                }
                volumes.add(volume.get());
            } catch (Damage | FileSystemException | IllegalArgumentException broken) {
                return Optional.empty();
            }
        }
        Map<String, String> description = new HashMap<>(before.description());
        description.put("rebuilt", tools.clock().instant().toString());
        return Optional.of(
                new RecoveryPoint(
                        number,
                        tools.newId(),
                        "rebuilt",
                        before.takenAt(),
                        tools.clock().instant(),
                        before.epoch(),
                        volumes,
                        description,
                        0,
                        0));
    }

    private Optional<PooledVolume> disk(PooledVolume known, Progress progress)
            throws IOException, Refusal {
        DiskManifest stored = StoredDiskManifest.read(files, paths.diskManifest(known.name()));
        DiskManifest content = hash(paths.image(known.name()), stored.sizeBytes(), progress);
        return content.root().equals(stored.root())
                ? Optional.of(
                        new PooledVolume(
                                known.name(),
                                known.kind(),
                                stored.sizeBytes(),
                                0,
                                stored.root(),
                                known.notKept()))
                : Optional.empty();
    }

    private Optional<PooledVolume> tree(PooledVolume known) throws IOException, Refusal {
        TreeManifest stored = StoredTreeManifest.read(files, paths.treeManifest(known.name()));
        Optional<TreeManifest> found = new TreeScan(files).scan(paths.tree(known.name()));
        boolean same = found.isPresent() && found.get().root().equals(stored.root());
        return same
                ? Optional.of(
                        new PooledVolume(
                                known.name(),
                                known.kind(),
                                stored.contentBytes(),
                                stored.size(),
                                stored.root(),
                                known.notKept()))
                : Optional.empty();
    }
}
