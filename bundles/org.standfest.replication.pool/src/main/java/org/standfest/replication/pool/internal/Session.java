package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.results.Outcome;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** A recovery point on its way. Everything happens under the monitor of its system. */
final class Session implements IncomingPoint {

    private final SystemStore store;
    private final PointRequest request;
    private final StagedContent staged;
    private final Map<String, IncomingDisk> disks;
    private final Map<String, IncomingTree> trees;
    private final boolean resumed;
    private final CommitSource source;
    private final Arrivals arrivals;
    private final Map<String, String> attachments = new TreeMap<>();
    private final Mending mending;
    private Commit commit;
    private Commit.Prepared prepared;
    private String preparedFor;

    Session(
            SystemStore store,
            PointRequest request,
            StagedContent staged,
            Map<String, IncomingDisk> disks,
            Map<String, IncomingTree> trees,
            CommitSource source,
            boolean resumed) {
        this.store = store;
        this.request = request;
        this.staged = staged;
        this.disks = disks;
        this.trees = trees;
        this.resumed = resumed;
        this.source = source;
        this.arrivals = new Arrivals(store, staged, disks, trees, source);
        this.mending = new Mending(store.tools().files(), store.paths());
    }

    static Session open(SystemStore store, PointRequest request) throws IOException, Refusal {
        return new SessionOpening(store, request).open();
    }

    private <T> Outcome<T> act(Callable<T> act) {
        synchronized (store) {
            if (!store.isOpen(this)) {
                return Outcome.refused(Words.explain("pool.session-over"));
            }
            if (prepared != null) {
                return Outcome.refused(Words.explain("pool.session-prepared"));
            }
            return Words.outcome(act);
        }
    }

    @Override
    public PointRequest request() {
        return request;
    }

    @Override
    public boolean resumed() {
        return resumed;
    }

    @Override
    public Optional<BlockHash> stagedHash(String volume, long index) {
        synchronized (store) {
            IncomingDisk disk = disks.get(volume);
            return disk == null ? Optional.empty() : disk.putHash(index);
        }
    }

    @Override
    public long stagedBlocks(String volume) {
        synchronized (store) {
            IncomingDisk disk = disks.get(volume);
            return disk == null ? 0 : disk.putCount();
        }
    }

    @Override
    public Outcome<Void> putBlock(String volume, long index, BlockHash hash, ByteBuffer content) {
        return act(
                () -> {
                    arrivals.putBlock(volume, index, hash, content);
                    return null;
                });
    }

    @Override
    public Outcome<List<BlockHash>> putRow(String volume, long firstIndex, ByteBuffer content) {
        return act(() -> arrivals.putRow(volume, firstIndex, content));
    }

    @Override
    public boolean mayHaveMore() {
        synchronized (store) {
            return store.state().newest().isPresent()
                    || store.tools().customers().hasOthers(store.state().id());
        }
    }

    @Override
    public Outcome<Boolean> putKnown(String volume, long index, BlockHash hash) {
        return act(() -> arrivals.putKnown(volume, index, hash));
    }

    @Override
    public boolean readOlder(String volume, long index, ByteBuffer target) {
        synchronized (store) {
            return store.isOpen(this) && arrivals.readOlder(volume, index, target);
        }
    }

    @Override
    public Outcome<Void> putZero(String volume, long firstIndex, long count) {
        return act(
                () -> {
                    arrivals.putZero(volume, firstIndex, count);
                    return null;
                });
    }

    @Override
    public Outcome<Void> putEntry(String volume, TreeEntry entry) {
        return act(
                () -> {
                    arrivals.putEntry(volume, entry);
                    return null;
                });
    }

    @Override
    public Outcome<Void> removeEntry(String volume, TreePath path) {
        return act(
                () -> {
                    arrivals.removeEntry(volume, path);
                    return null;
                });
    }

    @Override
    public Outcome<Set<BlockHash>> lacking(Collection<BlockHash> hashes) {
        return act(() -> arrivals.lacking(hashes));
    }

    @Override
    public Outcome<Void> putContent(BlockHash hash, ByteBuffer content) {
        return act(
                () -> {
                    arrivals.putContent(hash, content);
                    return null;
                });
    }

    @Override
    public Outcome<RecoveryPoint> commit(Map<String, BlockHash> roots, Progress progress) {
        return act(
                () -> {
                    Commit single = commit(Optional.empty());
                    Commit.Prepared ready = prepare(single, roots, progress);
                    end();
                    return store.decide(single, ready);
                });
    }

    /** The kernel tells of lost writes once: a second attempt would hear of nothing. */
    private Commit.Prepared prepare(Commit what, Map<String, BlockHash> roots, Progress progress)
            throws IOException, Refusal {
        try {
            return what.prepare(disks.values(), trees.values(), roots, progress);
        } catch (Durability.LostWrites lost) {
            try {
                end();
            } catch (IOException notClosed) {
                lost.addSuppressed(notClosed);
            }
            throw lost;
        }
    }

    private Commit commit(Optional<String> groupId) {
        return new Commit(
                store, request, staged, source, arrivals.receivedBytes(), attachments, groupId);
    }

    /** The native forms of first copies move away, so their files must not stay open. */
    private void end() throws IOException {
        try {
            release();
        } finally {
            store.ended(this);
        }
    }

    @Override
    public Outcome<RecoveryPoint> prepare(
            Map<String, BlockHash> roots, String groupId, Progress progress) {
        return act(
                () -> {
                    if (!Names.isHolder(groupId)) {
                        throw Refusal.of("pool.request-wrong", "group");
                    }
                    Commit member = commit(Optional.of(groupId));
                    prepared = prepare(member, roots, progress);
                    commit = member;
                    preparedFor = groupId;
                    return prepared.point();
                });
    }

    @Override
    public Outcome<Void> unprepare() {
        synchronized (store) {
            prepared = null;
            commit = null;
            preparedFor = null;
            return store.isOpen(this)
                    ? Outcome.done()
                    : Outcome.refused(Words.explain("pool.session-over"));
        }
    }

    SystemStore store() {
        return store;
    }

    /**
     * The prepared point; refused when this is not ready for the group. The caller has the monitor.
     */
    RecoveryPoint readyFor(String groupId) throws Refusal {
        if (!store.isOpen(this)) {
            throw Refusal.of("pool.session-over");
        }
        if (prepared == null || !groupId.equals(preparedFor)) {
            throw Refusal.of("pool.group-not-prepared", store.state().name(), groupId);
        }
        commit.checkAllowed(store.state());
        return prepared.point();
    }

    /** Ends the session because a group decides now; the caller has the monitor. */
    void leaveToGroup() throws IOException {
        end();
        store.owe(true);
    }

    /** The group has decided and carried this commit out. */
    void committed() {
        commit.tellCustomer();
    }

    @Override
    public Outcome<Void> putAttachment(String name, ByteBuffer content) {
        return act(
                () -> {
                    boolean more =
                            attachments.size() >= Attachments.MAX_FILES
                                    && !attachments.containsKey(name);
                    if (!Attachments.isName(name)
                            || content.remaining() > Attachments.MAX_BYTES
                            || more) {
                        throw Refusal.of("pool.request-wrong", "attachment");
                    }
                    attachments.put(
                            name, Attachments.put(store.tools().files(), store.paths(), content));
                    return null;
                });
    }

    @Override
    public Outcome<Boolean> repair(WantedBlock block, ByteBuffer content) {
        return act(
                () -> {
                    arrivals.check(block.hash(), content, block.volume(), block.index());
                    return mending.bring(store.state(), block, content);
                });
    }

    @Override
    public long receivedBytes() {
        synchronized (store) {
            return arrivals.receivedBytes();
        }
    }

    @Override
    public void close() {
        synchronized (store) {
            if (store.isOpen(this)) {
                store.ended(this);
                Words.outcome(
                        () -> {
                            release();
                            return null;
                        });
            }
        }
    }

    /** Closes everything, whatever happens to what comes before it. */
    private void release() throws IOException {
        List<Closeable> open = new ArrayList<>(trees.values());
        open.addAll(disks.values());
        open.add(source);
        open.add(staged);
        Closing.all(open);
    }

    @Override
    public void discard() {
        synchronized (store) {
            if (store.isOpen(this)) {
                close();
                Words.outcome(
                        () -> {
                            store.tools().files().deleteTree(store.paths().incoming().root());
                            return null;
                        });
            }
        }
    }
}
