package org.standfest.standby.care;

import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Takes first copies from courier disks: a pool of the agent's making, with a signed sheet. Every
 * block is checked by our pool as if it had come over a line, and the roots are those of the sheet.
 * An import that was broken off goes on where it stopped. Safe for any thread.
 */
final class Courier {

    private static final int ASKED = 4096;

    private final ImagePool pool;
    private final PoolFiles files;
    private final CourierTrust trust;
    private final Clock clock;
    private final RandomGenerator random;

    Courier(
            ImagePool pool,
            PoolFiles files,
            CourierTrust trust,
            Clock clock,
            RandomGenerator random) {
        this.pool = pool;
        this.files = files;
        this.trust = trust;
        this.clock = clock;
        this.random = random;
    }

    /** Takes what is in a folder. */
    Outcome<Tasks.Result> take(Path folder, Tasks.Watch watch) {
        return CourierSheet.read(folder, trust)
                .then(
                        sheet ->
                                new PoolOpener(files, clock, random)
                                        .open(folder.resolve("pool"), new PoolSettings(0))
                                        .then(
                                                disk -> {
                                                    try (disk) {
                                                        return take(sheet, disk, watch);
                                                    }
                                                }));
    }

    private Outcome<Tasks.Result> take(CourierSheet sheet, ImagePool disk, Tasks.Watch watch) {
        Optional<PooledSystem> brought = disk.system(sheet.systemId());
        Optional<RecoveryPoint> point =
                brought.flatMap(PooledSystem::newest)
                        .filter(newest -> newest.id().equals(sheet.pointId()))
                        .filter(newest -> asSigned(newest, sheet));
        if (point.isEmpty()) {
            return Outcome.refused(CareTexts.explain("care.other-courier", sheet.systemId()));
        }
        String systemId = sheet.systemId();
        if (pool.system(systemId).flatMap(PooledSystem::newest).isPresent()) {
            return Outcome.refused(CareTexts.explain("care.has-points", systemId));
        }
        return trust.claim(sheet.agentId(), systemId)
                .then(_ -> pool.addSystem(systemId, brought.get().name()))
                .then(system -> copy(disk, system, point.get(), watch))
                .map(
                        made ->
                                new Tasks.Result(
                                        List.of(),
                                        Map.of(
                                                "system",
                                                systemId,
                                                "point",
                                                Long.toString(made.number()),
                                                "checkedBytes",
                                                Long.toString(size(made)))));
    }

    private static boolean asSigned(RecoveryPoint point, CourierSheet sheet) {
        for (int i = 0; i < sheet.volumes().size(); i++) {
            String root = sheet.roots().get(i);
            if (point.volume(sheet.volumes().get(i))
                    .filter(volume -> volume.root().toString().equals(root))
                    .isEmpty()) {
                return false;
            }
        }
        return sheet.volumes().size() == point.volumes().size();
    }

    private static long size(RecoveryPoint point) {
        return point.volumes().stream().mapToLong(PooledVolume::sizeBytes).sum();
    }

    private Outcome<RecoveryPoint> copy(
            ImagePool disk, PooledSystem system, RecoveryPoint point, Tasks.Watch watch) {
        List<PointRequest.Volume> volumes = new ArrayList<>();
        Map<String, BlockHash> roots = new HashMap<>();
        for (PooledVolume volume : point.volumes()) {
            boolean tree = volume.kind() == VolumeKind.TREE;
            volumes.add(
                    new PointRequest.Volume(
                            volume.name(), volume.kind(), tree ? 0 : volume.sizeBytes()));
            roots.put(volume.name(), volume.root());
        }
        PointRequest request =
                new PointRequest(
                        system.id(),
                        "courier-" + point.id(),
                        system.epoch(),
                        point.takenAt(),
                        Optional.empty(),
                        volumes,
                        point.description());
        return pool.begin(request)
                .then(
                        incoming -> {
                            try (incoming) {
                                return copy(disk, point, incoming, watch)
                                        .then(_ -> incoming.commit(roots, watch));
                            }
                        });
    }

    private Outcome<Void> copy(
            ImagePool disk, RecoveryPoint point, IncomingPoint incoming, Tasks.Watch watch) {
        Copied copied = new Copied(size(point), watch);
        Outcome<Void> outcome = attachments(disk, point, incoming);
        for (PooledVolume volume : point.volumes()) {
            outcome =
                    outcome.then(
                            _ ->
                                    volume.kind() == VolumeKind.TREE
                                            ? tree(disk, point, volume.name(), incoming, copied)
                                            : disk(disk, point, volume.name(), incoming, copied));
        }
        return outcome;
    }

    /** How much was copied of all. */
    private static final class Copied {
        private final long total;
        private final Progress watch;
        private long bytes;

        Copied(long total, Progress watch) {
            this.total = total;
            this.watch = watch;
        }

        /** Refused when it shall stop. */
        Outcome<Void> add(long more) {
            bytes += more;
            watch.report(Math.min(bytes, total), total);
            return watch.cancelled()
                    ? Outcome.refused(CareTexts.explain("care.cancelled"))
                    : Outcome.done();
        }
    }

    private static Outcome<Void> attachments(
            ImagePool disk, RecoveryPoint point, IncomingPoint incoming) {
        String systemId = incoming.request().systemId();
        return disk.access()
                .attachments(systemId, point.number())
                .then(
                        names -> {
                            Outcome<Void> outcome = Outcome.done();
                            for (String name : names.keySet()) {
                                outcome =
                                        outcome.then(
                                                        _ ->
                                                                disk.access()
                                                                        .attachment(
                                                                                systemId,
                                                                                point.number(),
                                                                                name))
                                                .then(
                                                        content ->
                                                                incoming.putAttachment(
                                                                        name, content));
                            }
                            return outcome;
                        });
    }

    private Outcome<Void> disk(
            ImagePool disk,
            RecoveryPoint point,
            String volume,
            IncomingPoint incoming,
            Copied copied) {
        String systemId = incoming.request().systemId();
        return disk.diskManifest(systemId, volume)
                .then(
                        manifest ->
                                disk.newestImage(systemId, volume)
                                        .then(
                                                image ->
                                                        blocks(
                                                                image, manifest, volume, incoming,
                                                                copied)));
    }

    private Outcome<Void> blocks(
            Path image,
            DiskManifest manifest,
            String volume,
            IncomingPoint incoming,
            Copied copied) {
        ByteBuffer content = ByteBuffer.allocateDirect(Blocks.SIZE);
        try (PoolFile file = files.open(image, PoolFiles.Mode.READ)) {
            for (long block = 0; block < manifest.blockCount(); block++) {
                BlockHash hash = manifest.hash(block);
                int length = Blocks.length(block, manifest.sizeBytes());
                Outcome<Void> put = copied.add(length);
                boolean wanted =
                        !hash.isZero()
                                && incoming.stagedHash(volume, block)
                                        .filter(hash::equals)
                                        .isEmpty();
                if (put.isDone() && wanted) {
                    read(file, content, block * Blocks.SIZE, length);
                    put = incoming.putBlock(volume, block, hash, content);
                }
                if (!put.isDone()) {
                    return put;
                }
            }
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(CareTexts.explain("care.cannot-read", image), fault);
        }
    }

    private static void read(PoolFile file, ByteBuffer content, long position, int length)
            throws IOException {
        content.clear().limit(length);
        while (content.hasRemaining()) {
            if (file.read(content, position + content.position()) < 0) {
                throw new IOException("shorter than its manifest");
            }
        }
        content.flip();
    }

    private Outcome<Void> tree(
            ImagePool disk,
            RecoveryPoint point,
            String volume,
            IncomingPoint incoming,
            Copied copied) {
        String systemId = incoming.request().systemId();
        return disk.treeManifest(systemId, volume)
                .then(
                        manifest ->
                                disk.newestImage(systemId, volume)
                                        .then(
                                                root ->
                                                        entries(
                                                                root, manifest, volume, incoming,
                                                                copied)));
    }

    private Outcome<Void> entries(
            Path root,
            TreeManifest manifest,
            String volume,
            IncomingPoint incoming,
            Copied copied) {
        try (TreeFiles tree = files.tree(root)) {
            for (TreeEntry entry : manifest) {
                Outcome<Void> put = incoming.putEntry(volume, entry);
                if (put.isDone() && entry.kind() == EntryKind.FILE) {
                    put = content(tree, entry, incoming, copied);
                }
                if (!put.isDone()) {
                    return put;
                }
            }
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(CareTexts.explain("care.cannot-read", root), fault);
        }
    }

    private static Outcome<Void> content(
            TreeFiles tree, TreeEntry entry, IncomingPoint incoming, Copied copied)
            throws IOException {
        int count = entry.blocks().size();
        if (count == 0) {
            return Outcome.done();
        }
        ByteBuffer content = ByteBuffer.allocate(Blocks.SIZE);
        try (PoolFile file = tree.open(entry.path(), PoolFiles.Mode.READ)) {
            for (int from = 0; from < count; from += ASKED) {
                int to = Math.min(count, from + ASKED);
                Outcome<Set<BlockHash>> lacking = incoming.lacking(hashes(entry, from, to));
                if (!(lacking instanceof Outcome.Done<Set<BlockHash>>(Set<BlockHash> wanted))) {
                    return lacking.map(_ -> null);
                }
                for (int block = from; block < to; block++) {
                    int length = Blocks.length(block, entry.sizeBytes());
                    Outcome<Void> put = copied.add(length);
                    if (put.isDone() && wanted.contains(entry.blocks().get(block))) {
                        read(file, content, (long) block * Blocks.SIZE, length);
                        put = incoming.putContent(entry.blocks().get(block), content);
                    }
                    if (!put.isDone()) {
                        return put;
                    }
                }
            }
            return Outcome.done();
        }
    }

    private static List<BlockHash> hashes(TreeEntry entry, int from, int to) {
        List<BlockHash> hashes = new ArrayList<>();
        for (int block = from; block < to; block++) {
            if (!entry.blocks().get(block).isZero()) {
                hashes.add(entry.blocks().get(block));
            }
        }
        return hashes;
    }
}
