package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Hold;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One system of a pool. Acts that change it exclude each other by this object's monitor; whoever
 * reads its native form for long takes the read side of {@link #content}, piece by piece, and only
 * the moment of change takes the write side.
 */
final class SystemStore {

    private final Tools tools;
    private final SystemFiles paths;
    private final ReentrantReadWriteLock content = new ReentrantReadWriteLock(true);
    private final NewestContent newest;

    private volatile SystemState state;
    private Session session;
    private final Map<String, SpaceAccount.Bytes> knownBytes = new ConcurrentHashMap<>();
    private volatile boolean redoOwed;

    /** A sheet was being replaced and that failed: the disk has the old one or the new one. */
    private boolean sheetsOwed;

    private boolean fresh;

    private SystemStore(Tools tools, SystemFiles paths, SystemState state) {
        this.tools = tools;
        this.paths = paths;
        this.state = state;
        this.newest = new NewestContent(tools.files(), paths);
    }

    /** Creates a system on disk; repeatable after a crash. */
    static SystemStore create(Tools tools, SystemFiles paths, String id, String name)
            throws IOException {
        tools.files().createDirectory(paths.root());
        for (Path directory : paths.directories()) {
            tools.files().createDirectory(directory);
        }
        SystemState state =
                new SystemState(id, name, 1, List.of(), List.of(), List.of(), Guards.NONE);
        state.writeSystem(tools.files(), paths);
        tools.files().syncDirectory(paths.root().getParent());
        return new SystemStore(tools, paths, state);
    }

    /** Opens a system, finishes a decided commit and removes what crashes left behind. */
    static SystemStore open(Tools tools, SystemFiles paths) throws IOException, Refusal {
        migrate(tools.files(), paths);
        Sheet.complete(tools.files(), paths.system());
        // what a killed process named and had no time to make last: from now on it is built upon
        tools.files().syncDirectory(paths.root());
        SystemStore store = new SystemStore(tools, paths, SystemState.read(tools.files(), paths));
        for (StoredPoint point : store.state.stored()) {
            Optional<Instant> at = point.instant(StoredPoint.TRUSTED_AT);
            at.ifPresent(tools.trusted()::atLeast);
        }
        store.redoOwed =
                tools.files().exists(paths.redo())
                        || tools.files().exists(paths.removal())
                        || tools.files().exists(paths.joining())
                        || tools.files().exists(paths.incoming().root());
        store.settle();
        store.removeStrays();
        store.joinCustomer();
        return store;
    }

    /** What format 1 laid out differently. */
    private static void migrate(PoolFiles files, SystemFiles paths) throws IOException {
        if (files.exists(paths.deltas()) && !files.exists(paths.older())) {
            files.rename(paths.deltas(), paths.older());
        }
        // a power failure may have kept a new system's sheet and lost what was named before it
        for (Path directory : paths.directories()) {
            files.createDirectory(directory);
        }
    }

    private boolean isDecided() throws IOException {
        return tools.files().exists(paths.redo()) || tools.files().exists(paths.removal());
    }

    /** Finishes a decided commit or removal, if there is one. */
    synchronized void settle() throws IOException, Refusal {
        lookAtSheets();
        if (!redoOwed) {
            return;
        }
        PoolFiles files = tools.files();
        content.writeLock().lock();
        try {
            if (!files.exists(paths.redo())) {
                GroupRecord.look(files, paths);
            }
            if (files.exists(paths.redo())) {
                Redo.run(files, paths, fresh);
            } else {
                // taken away or never there: either has to last before the session's directory is
                // used again
                files.syncDirectory(paths.root());
            }
            if (files.exists(paths.removal())) {
                Removal.finish(files, paths);
            }
            files.deleteTree(paths.joining());
            newest.forget();
            state = state.withPoints(SystemState.readPoints(files, paths));
            redoOwed = false;
            fresh = false;
        } catch (IOException failed) {
            throw Words.isFull(failed) && isDecided()
                    ? new NoRoomToFinish(state.name(), failed)
                    : failed;
        } finally {
            content.writeLock().unlock();
        }
    }

    /** Replaces a sheet; when that fails, whoever uses the system next asks the disk for it. */
    private void replaceSheet(SystemState changed, SheetWriter writer) throws IOException {
        sheetsOwed = true;
        writer.write(tools.files(), paths);
        sheetsOwed = false;
        state = changed;
    }

    /** Writes one of the sheets; durable when it returns. */
    private interface SheetWriter {
        void write(PoolFiles files, SystemFiles paths) throws IOException;
    }

    /** Takes up what the disk has when nobody knows whether the last replacement reached it. */
    private void lookAtSheets() throws IOException, Refusal {
        if (sheetsOwed) {
            tools.files().syncDirectory(paths.root());
            SystemState found = SystemState.read(tools.files(), paths);
            state =
                    state.withName(found.name())
                            .withEpoch(found.epoch())
                            .withHolds(found.holds())
                            .withGuards(found.guards());
            sheetsOwed = false;
        }
    }

    /** From now on an interrupted act has to be looked for before anything else is done. */
    synchronized void owe(boolean justPrepared) {
        redoOwed = true;
        fresh = justPrepared;
    }

    /** Changes what a commit and every reader leave alone. */
    interface Change {
        void change(SystemState state) throws IOException, Refusal;
    }

    /** Changes the system while nobody reads it. */
    synchronized void exclusively(Change act) throws IOException, Refusal {
        settle();
        content.writeLock().lock();
        try {
            act.change(state);
        } finally {
            content.writeLock().unlock();
        }
    }

    /** Keeps everybody else out, also from a system with something unfinished. */
    synchronized <T> T alone(boolean changes, UpkeepDesk.Systems.Act<T> act)
            throws IOException, Refusal {
        if (changes) {
            close();
        }
        content.writeLock().lock();
        try {
            return act.act();
        } finally {
            content.writeLock().unlock();
        }
    }

    /** Gives back what only a rare act needed. */
    synchronized void forgetUnlessOpen() {
        if (session == null) {
            newest.forget();
        }
    }

    /** What is read while nothing changes. */
    interface Reading<T> {
        T read(SystemState state) throws IOException, Refusal;
    }

    /**
     * Reads the system while a commit or removal waits. The manifests are read in here directly:
     * this object's monitor must not be asked for, because a commit holds it while it waits.
     */
    <T> T reading(Reading<T> act) throws IOException, Refusal {
        while (true) {
            SystemState before = settled();
            content.readLock().lock();
            try {
                if (state == before && !redoOwed) {
                    return act.read(before);
                }
            } finally {
                content.readLock().unlock();
            }
        }
    }

    /** The state with nothing unfinished. */
    synchronized SystemState settled() throws IOException, Refusal {
        settle();
        return state;
    }

    synchronized void joinCustomer() throws IOException, Refusal {
        tools.customers().join(state.id(), state.guards().rules().customer(), paths);
    }

    synchronized void setGuards(Guards guards) throws IOException {
        replaceSheet(state.withGuards(guards), guards::write);
    }

    /**
     * Reverse deltas of points that were removed. What belongs to a point that is damaged stays.
     */
    private void removeStrays() throws IOException {
        Set<String> wanted = new HashSet<>();
        for (String name : tools.files().list(paths.points())) {
            wanted.add(name.replaceFirst("\\..*", ""));
        }
        for (String name : tools.files().list(paths.older())) {
            if (!wanted.contains(name)) {
                tools.files().deleteTree(paths.older().resolve(name));
            }
        }
    }

    SystemState state() {
        return state;
    }

    SystemFiles paths() {
        return paths;
    }

    Tools tools() {
        return tools;
    }

    ReentrantReadWriteLock content() {
        return content;
    }

    synchronized void rename(String name) throws IOException, Refusal {
        lookAtSheets();
        if (!state.name().equals(name)) {
            SystemState renamed = state.withName(name);
            replaceSheet(renamed, renamed::writeSystem);
        }
    }

    synchronized long raiseEpoch() throws IOException, Refusal {
        lookAtSheets();
        SystemState raised = state.withEpoch(state.epoch() + 1);
        replaceSheet(raised, raised::writeSystem);
        return raised.epoch();
    }

    synchronized Hold hold(String holder, String reason) throws IOException, Refusal {
        settle();
        if (state.newest().isEmpty()) {
            throw Refusal.of("pool.no-point", state.name());
        }
        Hold hold = new Hold(holder, reason, tools.clock().instant());
        List<Hold> holds = new ArrayList<>(state.holds());
        holds.removeIf(other -> other.holder().equals(holder));
        holds.add(hold);
        writeHolds(holds);
        return hold;
    }

    synchronized void release(String holder) throws IOException, Refusal {
        lookAtSheets();
        List<Hold> holds = new ArrayList<>(state.holds());
        if (holds.removeIf(hold -> hold.holder().equals(holder))) {
            writeHolds(holds);
        }
    }

    private void writeHolds(List<Hold> holds) throws IOException {
        SystemState changed = state.withHolds(holds);
        replaceSheet(changed, changed::writeHolds);
    }

    synchronized Path image(String volume) throws IOException, Refusal {
        settle();
        PooledVolume found = volume(volume);
        return found.kind() == VolumeKind.DISK ? paths.image(volume) : paths.tree(volume);
    }

    private PooledVolume volume(String name) throws Refusal {
        RecoveryPoint newest =
                state.newest().orElseThrow(() -> Refusal.of("pool.no-point", state.name()));
        return newest.volume(name)
                .orElseThrow(() -> Refusal.of("pool.volume-unknown", name, state.name()));
    }

    /** The manifest of the newest point of a disk, proved by its root. */
    synchronized DiskManifest disk(String volume) throws IOException, Refusal {
        settle();
        return newest.disk(volume(volume));
    }

    /** The manifest of the newest point of a tree, proved by its root. */
    synchronized TreeManifest tree(String volume) throws IOException, Refusal {
        settle();
        return newest.tree(volume(volume));
    }

    /** Where the newest point has which content; built when first asked for. */
    synchronized ContentIndex index() throws IOException, Refusal {
        if (!newest.isIndexed()) {
            settle();
        }
        return newest.index(state.newest().map(RecoveryPoint::volumes).orElse(List.of()));
    }

    synchronized IncomingPoint begin(PointRequest request) throws IOException, Refusal {
        settle();
        RequestCheck.check(request, state);
        checkSpace(0);
        checkQuota(0);
        if (session != null) {
            session.close();
        }
        session = Session.open(this, request);
        return session;
    }

    /** Refuses when so many more bytes would use the reserve. */
    void checkSpace(long neededBytes) throws IOException, Refusal {
        long usable = tools.files().usableBytes(paths.root());
        long reserve = tools.reserveBytes(paths.root());
        if (usable - neededBytes < reserve) {
            throw Refusal.of("pool.disk-full", usable >> 20, neededBytes >> 20, reserve >> 20);
        }
    }

    /** What the points of a state occupy. */
    SpaceAccount account(SystemState of) {
        return new SpaceAccount(tools.files(), paths, of, knownBytes);
    }

    /** Refuses when the system would occupy more than it may. */
    void checkQuota(long neededBytes) throws IOException, Refusal {
        long quota = state.guards().rules().quotaBytes();
        if (quota > 0) {
            long used = account(state).used().usedBytes();
            if (used + neededBytes > quota) {
                throw Refusal.of("pool.quota", state.name(), used >> 20, quota >> 20);
            }
        }
    }

    /** Called by a session that has ended. */
    synchronized void ended(Session which) {
        if (session == which) {
            session = null;
            // manifests and index live with sessions only: two hundred systems must not add up
            newest.forget();
        }
    }

    synchronized boolean isOpen(Session which) {
        return session == which;
    }

    /**
     * Decides a prepared commit and carries it out. When only the second fails, the point is
     * committed all the same, and whoever uses the system next tries again.
     */
    synchronized RecoveryPoint decide(Commit commit, Commit.Prepared prepared)
            throws IOException, Refusal {
        // before the attempt: if it fails nobody knows whether the decision reached the disk, so it
        // is looked for
        owe(true);
        commit.decide(prepared);
        settle();
        commit.tellCustomer();
        return state.newest().orElseThrow();
    }

    /** Takes the system out of the pool: first its name, in one step, then its files. */
    synchronized void remove(Path graveyard) throws IOException, Refusal {
        if (!state.holds().isEmpty()) {
            Hold hold = state.holds().getFirst();
            throw Refusal.of("pool.held", state.name(), hold.reason(), hold.since());
        }
        close();
        content.writeLock().lock();
        try {
            tools.files().deleteTree(graveyard);
            tools.files().rename(paths.root(), graveyard);
            tools.files().syncDirectory(graveyard.getParent());
            tools.files().deleteTree(graveyard);
        } finally {
            content.writeLock().unlock();
        }
    }

    /** The points as they are now, with a decided commit finished. */
    synchronized List<RecoveryPoint> points() throws IOException, Refusal {
        settle();
        return state.points();
    }

    synchronized void close() {
        if (session != null) {
            session.close();
        }
    }
}
