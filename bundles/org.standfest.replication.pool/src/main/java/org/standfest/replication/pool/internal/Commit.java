package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Hold;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeManifest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The commit of one session: everything that the change needs is written beside, checked and made
 * durable (prepare); then one small file decides (decide); {@link Redo} carries it out. Up to the
 * decision nothing of the newest point was touched, after it everything that is needed to finish is
 * on the disk.
 */
final class Commit {

    /** In the description of a point that was committed together with others. */
    static final String GROUP = "group";

    private final SystemStore store;
    private final PoolFiles files;
    private final SystemFiles paths;
    private final SystemFiles.Incoming incoming;
    private final PointRequest request;
    private final StagedContent staged;
    private final CommitSource source;
    private final long receivedBytes;
    private final Durability durability;
    private final Map<String, String> attachments;
    private final Map<String, String> description;
    private final Map<String, String> extras = new HashMap<>();
    private final Map<String, PooledVolume> volumes = new TreeMap<>();
    private final Map<String, DiskManifest> newDisks = new HashMap<>();
    private final Map<String, LongList> broughtBlocks = new HashMap<>();
    private final Map<String, TreeManifest> newTrees = new HashMap<>();
    private long changedBytes;

    Commit(
            SystemStore store,
            PointRequest request,
            StagedContent staged,
            CommitSource source,
            long receivedBytes,
            Map<String, String> attachments,
            Optional<String> groupId) {
        this.store = store;
        this.files = Unforced.of(store.tools().files());
        this.paths = store.paths();
        this.incoming = paths.incoming();
        this.request = request;
        this.staged = staged;
        this.source = source;
        this.receivedBytes = receivedBytes;
        this.durability = new Durability(store.tools().files(), incoming);
        this.attachments = attachments;
        this.description = new HashMap<>(request.description());
        groupId.ifPresent(group -> description.put(GROUP, group));
    }

    /** What a decision needs. */
    record Prepared(
            RecoveryPoint point,
            Map<String, DiskManifest> disks,
            Map<String, TreeManifest> trees) {}

    /**
     * Prepares.
     *
     * @throws Durability.LostWrites when the session has to end
     */
    Prepared prepare(
            Collection<IncomingDisk> disks,
            Collection<IncomingTree> trees,
            Map<String, BlockHash> roots,
            Progress progress)
            throws IOException, Refusal {
        SystemState state = store.settled();
        checkAllowed(state);
        for (IncomingDisk disk : disks) {
            newDisks.put(disk.name(), disk.manifest());
            checkRoot(disk.name(), newDisks.get(disk.name()).root(), roots);
        }
        for (IncomingTree tree : trees) {
            newTrees.put(tree.name(), tree.manifest());
            checkRoot(tree.name(), newTrees.get(tree.name()).root(), roots);
        }
        sweep(trees);
        files.createDirectory(incoming.delta());
        DiskCommit preparing = new DiskCommit(store, files, staged, source, durability);
        for (IncomingDisk disk : disks) {
            if (progress.cancelled()) {
                throw Refusal.of("pool.cancelled");
            }
            take(disk.name(), preparing.prepare(disk, newDisks.get(disk.name())));
        }
        for (IncomingTree tree : trees) {
            prepareTree(tree, newTrees.get(tree.name()), progress);
        }
        StoredPoint point = new StoredPoint(point(state), extras(state));
        PointSheet.write(point).write(files, incoming.point());
        staged.writeLog(); // a disk that is full here has lost nothing of what arrived
        durability.make(() -> makeDurable(!trees.isEmpty()));
        return new Prepared(point.point(), newDisks, newTrees);
    }

    private void take(String disk, DiskCommit.Prepared ready) {
        volumes.put(disk, ready.volume());
        broughtBlocks.put(disk, ready.brought());
        changedBytes += ready.changedBytes();
        if (!ready.partitions().isEmpty()) {
            extras.put(StoredPoint.PARTITIONS + disk, ready.partitions());
        }
    }

    /** Nothing may be committed while somebody uses the newest point, or for an old primary. */
    void checkAllowed(SystemState state) throws Refusal {
        if (!state.holds().isEmpty()) {
            Hold hold = state.holds().getFirst();
            throw Refusal.of("pool.held", state.name(), hold.reason(), hold.since());
        }
        RequestCheck.checkEpoch(request, state);
    }

    /** What the pool itself says about the point. */
    private Map<String, String> extras(SystemState state) {
        Instant trusted = store.tools().trusted().now();
        extras.put(StoredPoint.TRUSTED_AT, trusted.toString());
        Duration lockFor = state.guards().rules().lockFor();
        if (lockFor.isPositive()) {
            Instant until = store.tools().clock().instant().plus(lockFor);
            extras.put(StoredPoint.LOCKED_UNTIL, until.toString());
            extras.put(StoredPoint.LOCKED_UNTIL_TRUSTED, trusted.plus(lockFor).toString());
        }
        attachments.forEach((name, what) -> extras.put(StoredPoint.ATTACHMENT + name, what));
        return extras;
    }

    private static void checkRoot(String volume, BlockHash root, Map<String, BlockHash> roots)
            throws Refusal {
        if (!root.equals(roots.get(volume))) {
            throw Refusal.of("pool.root-differs", volume);
        }
    }

    /** Removes what an earlier attempt to commit this session prepared. */
    private void sweep(Collection<IncomingTree> trees) throws IOException {
        files.deleteTree(incoming.delta());
        files.delete(incoming.point());
        for (PointRequest.Volume volume : request.volumes()) {
            files.deleteTree(incoming.nodes(volume.name()));
            files.delete(incoming.plan(volume.name()));
            files.delete(incoming.manifest(volume.name()));
        }
        for (IncomingTree tree : trees) {
            if (!tree.isDirect()) {
                files.deleteTree(incoming.tree(tree.name()));
            }
        }
    }

    /** What this commit brought can now be found by the customer's other systems. */
    void tellCustomer() {
        for (Map.Entry<String, LongList> disk : broughtBlocks.entrySet()) {
            DiskManifest manifest = newDisks.get(disk.getKey());
            store.tools()
                    .customers()
                    .add(store.state().id(), disk.getKey(), manifest, disk.getValue());
        }
    }

    private void prepareTree(IncomingTree tree, TreeManifest newer, Progress progress)
            throws IOException, Refusal {
        String name = tree.name();
        TreeWriter writer = tree.writer();
        if (tree.isDirect()) {
            tree.finish(progress);
            StoredTreeManifest.write(files, incoming.manifest(name), newer);
        } else if (tree.isFirstCopy()) {
            store.checkSpace(newer.contentBytes() / 2);
            files.createDirectory(incoming.tree(name));
            try (TreeFiles target = files.tree(incoming.tree(name))) {
                writer.writeAll(target, newer, progress);
            }
            StoredTreeManifest.write(files, incoming.manifest(name), newer);
        } else {
            prepareTreeChange(tree, newer, writer, progress);
        }
        changedBytes += writer.writtenBytes();
        SortedSet<String> notKept = new TreeSet<>();
        writer.losses().forEach(loss -> notKept.add(loss.name()));
        store.state()
                .newest()
                .flatMap(point -> point.volume(name))
                .ifPresent(before -> notKept.addAll(before.notKept()));
        volumes.put(
                name,
                new PooledVolume(
                        name,
                        VolumeKind.TREE,
                        newer.contentBytes(),
                        newer.size(),
                        newer.root(),
                        notKept));
    }

    private void prepareTreeChange(
            IncomingTree tree, TreeManifest newer, TreeWriter writer, Progress progress)
            throws IOException, Refusal {
        String name = tree.name();
        Path deltaNodes = SystemFiles.treeDeltaNodes(incoming.delta(), name);
        files.createDirectory(incoming.nodes(name));
        files.createDirectory(deltaNodes);
        List<TreeChange> changes = newer.changesSince(tree.basis());
        try (TreeFiles current = files.tree(paths.tree(name));
                TreeFiles nodes = files.tree(incoming.nodes(name));
                TreeFiles old = files.tree(deltaNodes)) {
            TreeCommit commit = new TreeCommit(current, nodes, old, writer, tree.basis(), newer);
            commit.prepare(changes, progress);
            TreePlan.write(files, incoming.plan(name), commit.plan());
            TreeDelta.write(files, SystemFiles.treeDelta(incoming.delta(), name), commit.delta());
        }
        TreeManifestChange.prepare(
                files, paths.treeManifest(name), incoming.manifest(name), changes, newer);
    }

    private RecoveryPoint point(SystemState state) {
        long number = state.newest().map(RecoveryPoint::number).orElse(0L) + 1;
        List<PooledVolume> ordered =
                request.volumes().stream().map(volume -> volumes.get(volume.name())).toList();
        return new RecoveryPoint(
                number,
                store.tools().newId(),
                request.sessionKey(),
                request.takenAt(),
                store.tools().clock().instant(),
                request.epoch(),
                ordered,
                description,
                receivedBytes,
                changedBytes);
    }

    private void makeDurable(boolean withTrees) throws IOException {
        PoolFiles real = store.tools().files();
        if (withTrees || real.syncsAtOnce()) {
            staged.syncAll();
        } else {
            staged.force();
            real.syncDirectory(incoming.delta());
            real.syncDirectory(incoming.root());
        }
        real.syncDirectory(paths.root());
    }

    /**
     * The commit point: once this returns, the new recovery point is the newest, whatever happens.
     */
    void decide(Prepared prepared) throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("format", String.valueOf(DirectoryPool.FORMAT));
        values.put("number", String.valueOf(prepared.point().number()));
        values.put("id", prepared.point().id());
        values.put(Redo.PREVIOUS, String.valueOf(prepared.point().number() - 1));
        PoolFiles real = store.tools().files();
        new Sheet(values).write(real, paths.redo());
        real.syncDirectory(paths.root());
    }
}
