package org.standfest.replication.engine;

import org.standfest.replication.engine.groups.GroupSessions;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifestCodec;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeManifestCodec;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A session into the image pool. For one thread. */
final class PoolStore implements SessionStore {

    private final ImagePool pool;
    private final PooledSystem system;
    private final Message.SessionOpen open;
    private final IncomingPoint point;
    private final GroupSessions groups;
    private final Map<String, WantedBlock> wanted = new HashMap<>();
    private boolean handedOver;

    PoolStore(
            ImagePool pool,
            PooledSystem system,
            Message.SessionOpen open,
            IncomingPoint point,
            GroupSessions groups) {
        this.groups = groups;
        this.pool = pool;
        this.system = system;
        this.open = open;
        this.point = point;
    }

    @Override
    public Message.SessionReady ready() {
        Optional<RecoveryPoint> newest = system.newest();
        List<byte[]> roots = new ArrayList<>();
        for (VolumeHead volume : open.volumes()) {
            roots.add(
                    newest.flatMap(last -> last.volume(volume.name()))
                            .map(PooledVolume::root)
                            .orElse(BlockHash.ZERO)
                            .toBytes());
        }
        return new Message.SessionReady(
                newest.map(RecoveryPoint::id).orElse(""),
                system.epoch(),
                SessionReceiver.WINDOW_BYTES,
                point.resumed(),
                newest.isEmpty() && !point.mayHaveMore(),
                roots);
    }

    @Override
    public void writeManifest(int volume, OutputStream out) throws IOException {
        VolumeHead head = open.volumes().get(volume);
        if (head.kind() == VolumeKind.DISK) {
            DiskManifestCodec.write(manifest(pool.diskManifest(open.systemId(), head.name())), out);
        } else {
            TreeManifestCodec.write(manifest(pool.treeManifest(open.systemId(), head.name())), out);
        }
    }

    private static <T> T manifest(Outcome<T> outcome) throws IOException {
        if (outcome instanceof Outcome.Done<T>(T manifest)) {
            return manifest;
        }
        throw new IOException(String.valueOf(outcome.problem()));
    }

    @Override
    public Outcome<BitSet> lacking(int volume, List<Long> indices, List<BlockHash> hashes) {
        BitSet lacking = new BitSet(hashes.size());
        VolumeHead head = open.volumes().get(volume);
        if (head.kind() == VolumeKind.TREE) {
            return point.lacking(hashes).map(missing -> mark(lacking, hashes, missing));
        }
        for (int i = 0; i < hashes.size(); i++) {
            Outcome<Boolean> known = point.putKnown(head.name(), indices.get(i), hashes.get(i));
            if (!known.isDone()) {
                return known.map(_ -> lacking);
            }
            lacking.set(i, !known.orThrow());
        }
        return Outcome.done(lacking);
    }

    private static BitSet mark(BitSet lacking, List<BlockHash> hashes, Set<BlockHash> missing) {
        for (int i = 0; i < hashes.size(); i++) {
            lacking.set(i, missing.contains(hashes.get(i)));
        }
        return lacking;
    }

    @Override
    public boolean older(int volume, long index, ByteBuffer target) {
        VolumeHead head = open.volumes().get(volume);
        return head.kind() == VolumeKind.DISK && point.readOlder(head.name(), index, target);
    }

    @Override
    public Map<Integer, List<Long>> damaged() {
        Map<Integer, List<Long>> indices = new TreeMap<>();
        List<WantedBlock> all = pool.upkeep().wanted(open.systemId()).result().orElse(List.of());
        List<WantedBlock> most = all.subList(0, Math.min(Limits.DAMAGED_BLOCKS, all.size()));
        for (int number = 0; number < open.volumes().size() && !most.isEmpty(); number++) {
            VolumeHead head = open.volumes().get(number);
            List<WantedBlock> here =
                    most.stream()
                            .filter(block -> block.volume().equals(head.name()))
                            .filter(block -> block.file().isPresent() == isTree(head))
                            .toList();
            List<Long> asked = here.isEmpty() ? List.of() : numbers(number, head, here);
            if (!asked.isEmpty()) {
                indices.put(number, asked);
            }
        }
        return indices;
    }

    private static boolean isTree(VolumeHead head) {
        return head.kind() == VolumeKind.TREE;
    }

    private List<Long> numbers(int volume, VolumeHead head, List<WantedBlock> blocks) {
        List<Long> numbers = new ArrayList<>();
        Optional<TreeNumbers> tree =
                isTree(head)
                        ? pool.treeManifest(open.systemId(), head.name())
                                .map(TreeNumbers::new)
                                .result()
                        : Optional.empty();
        for (WantedBlock block : blocks) {
            long number =
                    block.file().isEmpty()
                            ? block.index()
                            : tree.map(all -> all.number(block.file().get(), block.index()))
                                    .orElse(0L);
            boolean inside = isTree(head) ? number > 0 : number < Blocks.count(head.sizeBytes());
            if (inside) {
                wanted.put(volume + ":" + number, block);
                numbers.add(number);
            }
        }
        return numbers;
    }

    @Override
    public Outcome<Void> block(int volume, long index, BlockHash hash, ByteBuffer content) {
        WantedBlock damaged = wanted.isEmpty() ? null : wanted.remove(volume + ":" + index);
        if (damaged != null && damaged.hash().equals(hash)) {
            Outcome<Boolean> repaired = point.repair(damaged, content.duplicate());
            if (repaired.result().orElse(false)) {
                return Outcome.done();
            }
        }
        VolumeHead head = open.volumes().get(volume);
        return head.kind() == VolumeKind.DISK
                ? point.putBlock(head.name(), index, hash, content)
                : point.putContent(hash, content);
    }

    @Override
    public Outcome<List<BlockHash>> row(int volume, long firstBlock, ByteBuffer content) {
        return point.putRow(open.volumes().get(volume).name(), firstBlock, content);
    }

    @Override
    public Outcome<Void> zero(int volume, long firstBlock, long blocks) {
        return point.putZero(open.volumes().get(volume).name(), firstBlock, blocks);
    }

    @Override
    public Outcome<Void> change(int volume, TreeChange change) {
        String name = open.volumes().get(volume).name();
        return switch (change) {
            case TreeChange.Put(var entry) -> point.putEntry(name, entry);
            case TreeChange.Removed(var path) -> point.removeEntry(name, path);
        };
    }

    @Override
    public Outcome<Void> attachment(String name, ByteBuffer content) {
        return point.putAttachment(name, content);
    }

    @Override
    public Outcome<Stored> commit(List<BlockHash> roots, String group) {
        Map<String, BlockHash> byName = new HashMap<>();
        for (int i = 0; i < roots.size(); i++) {
            byName.put(open.volumes().get(i).name(), roots.get(i));
        }
        return group.isEmpty()
                ? point.commit(byName, Progress.NONE).map(made -> stored(made, false))
                : prepare(byName, group);
    }

    /** A prepared point belongs to the run of its group: that decides about it. */
    private Outcome<Stored> prepare(Map<String, BlockHash> roots, String group) {
        return groups.admit(group, open.systemId())
                .then(_ -> point.prepare(roots, group, Progress.NONE))
                .then(
                        made -> {
                            handedOver = groups.prepared(group, open.systemId(), point, made);
                            return handedOver
                                    ? Outcome.done(stored(made, true))
                                    : Outcome.refused(
                                            Faults.TEXTS.explain(
                                                    "engine.group-over", open.systemId()));
                        });
    }

    private static Stored stored(RecoveryPoint point, boolean prepared) {
        return new Stored(
                point.id(),
                prepared,
                Map.of(
                        FactNames.POINT, point.id(),
                        FactNames.TAKEN_AT_MILLIS, Long.toString(point.takenAt().toEpochMilli()),
                        FactNames.BYTES_CHANGED, Long.toString(point.changedBytes())));
    }

    @Override
    public void close() {
        if (!handedOver) {
            point.close();
        }
    }
}
