package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.DiskManifestCodec;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.source.ReturnDisk;
import org.standfest.replication.source.ReturnSite;
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

/**
 * A session onto the disks of a landing place. What was written is remembered durably every so
 * often, so that a broken pull goes on where it stopped. For one thread.
 */
final class LandingStore implements SessionStore {

    /** Names a state that is not complete. */
    static final String PARTIAL = "partial";

    private static final long REMEMBER_EVERY_BYTES = 256L << 20;

    private final Message.SessionOpen open;
    private final ReturnSite site;
    private final BasisFolder memory;
    private final long windowBytes;
    private final Optional<Basis> basis;
    private final List<DiskManifest> before = new ArrayList<>();
    private final List<DiskManifest.Editor> editors = new ArrayList<>();
    private final BlockHasher hasher = new BlockHasher();
    private long unremembered;
    private boolean committed;

    private LandingStore(
            Message.SessionOpen open, ReturnSite site, BasisFolder memory, long windowBytes) {
        this.open = open;
        this.site = site;
        this.memory = memory;
        this.windowBytes = windowBytes;
        this.basis = memory.load();
        for (VolumeHead volume : open.volumes()) {
            DiskManifest known = basis.map(state -> state.disks().get(volume.name())).orElse(null);
            DiskManifest start = known == null ? DiskManifest.zero(volume.sizeBytes()) : known;
            before.add(start);
            editors.add(start.edit(volume.sizeBytes()));
        }
    }

    static Outcome<SessionStore> open(
            Message.SessionOpen open, ReturnSite site, BasisFolder memory, long windowBytes) {
        for (VolumeHead volume : open.volumes()) {
            if (volume.kind() != VolumeKind.DISK) {
                return Outcome.refused(
                        Faults.TEXTS.explain("engine.return-of-tree", volume.name()));
            }
            if (site.disk(volume.name()).sizeBytes() < volume.sizeBytes()) {
                return Outcome.refused(
                        Faults.TEXTS.explain(
                                "engine.disk-too-small",
                                volume.name(),
                                Long.toString(site.disk(volume.name()).sizeBytes()),
                                Long.toString(volume.sizeBytes())));
            }
        }
        return Outcome.done(new LandingStore(open, site, memory, windowBytes));
    }

    @Override
    public Message.SessionReady ready() {
        List<byte[]> roots = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            boolean known =
                    basis.isPresent()
                            && basis.get().disks().containsKey(open.volumes().get(i).name());
            roots.add((known ? before.get(i).root() : BlockHash.ZERO).toBytes());
        }
        String token = basis.map(Basis::token).filter(name -> !name.equals(PARTIAL)).orElse("");
        return new Message.SessionReady(token, open.epoch(), windowBytes, basis.isPresent(), roots);
    }

    @Override
    public void writeManifest(int volume, OutputStream out) throws IOException {
        DiskManifestCodec.write(before.get(volume), out);
    }

    @Override
    public Outcome<BitSet> lacking(int volume, List<Long> indices, List<BlockHash> hashes) {
        BitSet lacking = new BitSet(hashes.size());
        for (int i = 0; i < hashes.size(); i++) {
            if (!inside(volume, indices.get(i), 1)) {
                return wrong("block " + indices.get(i));
            }
            boolean lengthKept =
                    before.get(volume).sizeBytes() == open.volumes().get(volume).sizeBytes();
            lacking.set(
                    i,
                    !lengthKept || !editors.get(volume).hash(indices.get(i)).equals(hashes.get(i)));
        }
        return Outcome.done(lacking);
    }

    private boolean inside(int volume, long first, long count) {
        long blocks = Blocks.count(open.volumes().get(volume).sizeBytes());
        return first >= 0 && count <= blocks && first <= blocks - count;
    }

    private static <T> Outcome<T> wrong(String what) {
        return Outcome.refused(Faults.TEXTS.explain("engine.protocol", what));
    }

    @Override
    public boolean older(int volume, long index, ByteBuffer target) {
        long size = open.volumes().get(volume).sizeBytes();
        if (!inside(volume, index, 1)
                || before.get(volume).sizeBytes() != size
                || editors.get(volume).hash(index).isZero()) {
            return false;
        }
        try {
            target.clear().limit(Blocks.length(index, size));
            ReturnDisk disk = site.disk(open.volumes().get(volume).name());
            boolean whole = disk.read(index * Blocks.SIZE, target) == target.limit();
            target.flip();
            return whole;
        } catch (IOException _) {
            // Then the whole block travels.
            return false;
        }
    }

    @Override
    public Outcome<Void> block(int volume, long index, BlockHash hash, ByteBuffer content) {
        VolumeHead head = open.volumes().get(volume);
        if (!inside(volume, index, 1)
                || content.remaining() != Blocks.length(index, head.sizeBytes())) {
            return wrong("block " + index);
        }
        if (!hasher.hash(content).equals(hash)) {
            return Outcome.refused(
                    Faults.TEXTS.explain("engine.hash-differs", head.name(), Long.toString(index)));
        }
        try {
            site.disk(head.name()).write(index * Blocks.SIZE, content.duplicate());
            editors.get(volume).set(index, hash);
            unremembered += content.remaining();
            if (unremembered >= REMEMBER_EVERY_BYTES) {
                remember(PARTIAL);
            }
            return Outcome.done();
        } catch (IOException unwritable) {
            return unwritable(head, unwritable);
        }
    }

    @Override
    public Outcome<Void> zero(int volume, long firstBlock, long blocks) {
        VolumeHead head = open.volumes().get(volume);
        if (!inside(volume, firstBlock, blocks)) {
            return wrong("zeros at " + firstBlock);
        }
        long position = firstBlock * Blocks.SIZE;
        try {
            site.disk(head.name())
                    .zero(position, Math.min(blocks * Blocks.SIZE, head.sizeBytes() - position));
            for (long index = firstBlock; index < firstBlock + blocks; index++) {
                editors.get(volume).set(index, BlockHash.ZERO);
            }
            return Outcome.done();
        } catch (IOException unwritable) {
            return unwritable(head, unwritable);
        }
    }

    private static <T> Outcome<T> unwritable(VolumeHead head, IOException cause) {
        return Outcome.failed(
                Faults.TEXTS.explain(
                        "engine.disk-unwritable", head.name(), String.valueOf(cause.getMessage())),
                cause);
    }

    @Override
    public Outcome<Void> change(int volume, TreeChange change) {
        return wrong("a change of a tree on a disk");
    }

    @Override
    public Outcome<Stored> commit(List<BlockHash> roots, String group) {
        if (!group.isEmpty()) {
            return wrong("a group on a landing place");
        }
        for (int i = 0; i < roots.size(); i++) {
            if (!state(i).root().equals(roots.get(i))) {
                return Outcome.refused(
                        Faults.TEXTS.explain("engine.root-differs", open.volumes().get(i).name()));
            }
        }
        try {
            remember(open.sessionKey());
            committed = true;
            return Outcome.done(new Stored(open.sessionKey(), false, Map.of()));
        } catch (IOException unwritable) {
            return unwritable(open.volumes().getFirst(), unwritable);
        }
    }

    /** The manifest of what is written by now; the editing goes on from it. */
    private DiskManifest state(int volume) {
        DiskManifest now = editors.get(volume).build();
        editors.set(volume, now.edit());
        return now;
    }

    private void remember(String token) throws IOException {
        Map<String, DiskManifest> disks = new HashMap<>();
        for (int i = 0; i < editors.size(); i++) {
            String name = open.volumes().get(i).name();
            ReturnDisk disk = site.disk(name);
            disk.flush();
            disks.put(name, state(i));
        }
        memory.save(new Basis(token, disks, Map.of(), Map.of()));
        unremembered = 0;
    }

    @Override
    public void close() {
        try {
            if (!committed) {
                remember(PARTIAL);
            }
        } catch (IOException _) {
            // What was remembered before still holds: blocks written since then only travel again.
            return;
        }
    }
}
