package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Hold;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointAccess;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PointRetention;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.PoolSpace;
import org.standfest.replication.pool.PoolUpkeep;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.SystemRules;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A pool in a directory, as POOL.md describes it. */
public final class DirectoryPool implements ImagePool {

    /** The version of the format that this code reads and writes. */
    static final int FORMAT = 2;

    private static final String SYSTEMS = "systems";

    /** Before the id of a system that is being deleted; no id begins like this. */
    private static final String REMOVED = ".removed-";

    private static final String POOL = "pool.properties";
    private static final String CLOCK = "clock.properties";
    private static final Set<String> OWN =
            Set.of(POOL, POOL + ".new", POOL + ".copy", POOL + ".copy.new", "pool.lock", SYSTEMS);

    private final Tools tools;
    private final Path root;
    private final Closeable lock;
    private final Map<String, SystemStore> systems = new ConcurrentSkipListMap<>();
    private final Map<String, Explanation> damaged = new ConcurrentSkipListMap<>();

    /** Those of the damaged that may be sound: only a call to the disk failed. */
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    private final PointRetention retention;
    private final PoolUpkeep upkeep;
    private final PointAccess access;
    private volatile boolean closed;

    private DirectoryPool(Tools tools, Path root, Closeable lock) {
        this.tools = tools;
        this.root = root;
        this.lock = lock;
        retention = new RetentionDesk(tools, this::store);
        upkeep = new UpkeepDesk(tools, new Systems());
        access = new AccessDesk(tools, this::store, root);
    }

    /** What the upkeep needs to know of all systems. */
    private final class Systems implements UpkeepDesk.Systems {
        @Override
        public SystemStore store(String systemId) throws Refusal {
            return DirectoryPool.this.store(systemId);
        }

        @Override
        public List<SystemStore> all() {
            return List.copyOf(systems.values());
        }

        @Override
        public SystemFiles paths(String systemId) throws Refusal {
            if (!systems.containsKey(systemId) && !damaged.containsKey(systemId)) {
                throw Refusal.of("pool.system-unknown", systemId);
            }
            return DirectoryPool.this.paths(systemId);
        }

        @Override
        public <T> T alone(String systemId, boolean changes, Act<T> act)
                throws IOException, Refusal {
            synchronized (systems) {
                SystemStore store = systems.get(systemId);
                T result = store == null ? act.act() : store.alone(changes, act);
                if (changes) {
                    systems.remove(systemId);
                    damaged.remove(systemId);
                    loadSystem(systemId, DirectoryPool.this.paths(systemId));
                }
                return result;
            }
        }
    }

    /** See {@link org.standfest.replication.pool.PoolOpener#open}. */
    @SuppressWarnings("resource") // closed by whoever holds it
    public static Outcome<ImagePool> open(
            Path directory,
            PoolSettings settings,
            PoolFiles files,
            Clock clock,
            LongSupplier nanos,
            RandomGenerator random) {
        Path root = directory.toAbsolutePath().normalize();
        return Words.outcome(
                () -> {
                    prepare(files, root);
                    Optional<Closeable> lock = files.lock(root.resolve("pool.lock"));
                    if (lock.isEmpty()) {
                        throw Refusal.of("pool.in-use", root);
                    }
                    TrustedTime trusted = new TrustedTime(files, root.resolve(CLOCK), clock, nanos);
                    Tools tools =
                            new Tools(
                                    files,
                                    clock,
                                    nanos,
                                    random,
                                    settings,
                                    trusted,
                                    new Customers(files, root));
                    DirectoryPool pool = new DirectoryPool(tools, root, lock.get());
                    try {
                        pool.load();
                        return pool;
                    } catch (IOException | Refusal | RuntimeException broken) {
                        Closing.after(broken, List.of(tools.customers(), lock.get()));
                        throw broken;
                    }
                });
    }

    private static void prepare(PoolFiles files, Path root) throws IOException, Refusal {
        List<Path> missing = new ArrayList<>();
        for (Path at = root; at != null && !files.exists(at); at = at.getParent()) {
            missing.addFirst(at);
        }
        for (Path directory : missing) {
            files.createDirectory(directory);
        }
        for (String name : files.list(root)) {
            if (!OWN.contains(name)) {
                if (files.exists(root.resolve(POOL))) {
                    continue;
                }
                throw Refusal.of("pool.not-a-pool", root);
            }
        }
    }

    private void load() throws IOException, Refusal {
        PoolFiles files = tools.files();
        Path path = root.resolve(POOL);
        boolean newPool = !files.exists(path) && !files.exists(Sheet.copy(path));
        files.createDirectory(root.resolve(SYSTEMS));
        if (newPool) {
            writePool(tools.newId(), tools.clock().instant().toString());
        } else {
            Sheet sheet = Sheet.readEither(files, path);
            Versions.check(sheet);
            if (sheet.number("format") != FORMAT || !files.exists(path)) {
                // from now on a program that knows only the format before refuses it; and a pool
                // whose making was interrupted has both copies
                writePool(sheet.get("id"), sheet.get("createdAt"));
            }
        }
        files.createDirectory(GroupRecord.directory(root));
        // names that a killed process made and had no time to make last
        files.syncDirectory(root);
        files.syncDirectory(root.resolve(SYSTEMS));
        tools.trusted().load(newPool);
        for (String id : files.list(root.resolve(SYSTEMS))) {
            SystemFiles paths = paths(id);
            if (id.startsWith(REMOVED)) {
                files.deleteTree(paths.root());
            }
            if (Names.isSystem(id) && isThere(files, paths)) {
                loadSystem(id, paths);
            }
        }
        GroupRecord.removeHalfWritten(files, GroupRecord.directory(root));
        new GroupSweep(tools.files(), root, systems, damaged.keySet()).run();
        tools.trusted().keepIfPossible();
    }

    private void writePool(String id, String createdAt) throws IOException {
        Map<String, String> values =
                Map.of("format", String.valueOf(FORMAT), "id", id, "createdAt", createdAt);
        new Sheet(values).writeTwice(tools.files(), root.resolve(POOL));
        tools.files().syncDirectory(root);
    }

    /** Only what was never completed has nothing of a system's sheet. */
    private static boolean isThere(PoolFiles files, SystemFiles paths) throws IOException {
        return files.exists(paths.system()) || files.exists(Sheet.copy(paths.system()));
    }

    /** One system that cannot be read does not take the others with it. */
    private void loadSystem(String id, SystemFiles paths) {
        Outcome<SystemStore> opened = Words.outcome(() -> SystemStore.open(tools, paths));
        switch (opened) {
            case Outcome.Done<SystemStore>(SystemStore store) -> systems.put(id, store);
            case Outcome.Refused<SystemStore>(Explanation why) -> damaged.put(id, why);
            case Outcome.Failed<SystemStore>(Explanation why, Throwable cause) -> {
                damaged.put(id, why);
                if (!(cause instanceof Damage)) {
                    // the disk was full, or would not be read: it may be better the next time
                    failed.add(id);
                }
            }
        }
    }

    private SystemFiles paths(String id) {
        return new SystemFiles(root.resolve(SYSTEMS).resolve(id));
    }

    private SystemStore store(String id) throws Refusal {
        if (closed) {
            throw Refusal.of("pool.closed");
        }
        SystemStore store = systems.get(id);
        if (store == null && failed.contains(id)) {
            synchronized (systems) {
                if (failed.remove(id)) {
                    damaged.remove(id);
                    loadSystem(id, paths(id));
                }
            }
            store = systems.get(id);
        }
        if (store == null) {
            Explanation why = damaged.get(id);
            throw why != null ? new Refusal(why) : Refusal.of("pool.system-unknown", id);
        }
        return store;
    }

    @Override
    public List<PooledSystem> systems() {
        return systems.values().stream().map(store -> store.state().shown()).toList();
    }

    @Override
    public Optional<PooledSystem> system(String systemId) {
        return Optional.ofNullable(systems.get(systemId)).map(store -> store.state().shown());
    }

    @Override
    public Outcome<PooledSystem> addSystem(String systemId, String name) {
        return Words.outcome(
                () -> {
                    if (!Names.isSystem(systemId) || name.isBlank() || name.length() > 200) {
                        throw Refusal.of("pool.request-wrong", "system");
                    }
                    synchronized (systems) {
                        if (!systems.containsKey(systemId) && !damaged.containsKey(systemId)) {
                            systems.put(
                                    systemId,
                                    SystemStore.create(tools, paths(systemId), systemId, name));
                        }
                    }
                    SystemStore store = store(systemId);
                    store.rename(name);
                    return store.state().shown();
                });
    }

    @Override
    public Map<String, Explanation> damaged() {
        return Map.copyOf(damaged);
    }

    @Override
    public Outcome<Void> removeSystem(String systemId) {
        return Words.outcome(
                () -> {
                    if (!Names.isSystem(systemId)) {
                        throw Refusal.of("pool.system-unknown", systemId);
                    }
                    Path graveyard = paths(REMOVED + systemId).root();
                    synchronized (systems) {
                        if (damaged.containsKey(systemId)) {
                            tools.files().deleteTree(graveyard);
                            tools.files().rename(paths(systemId).root(), graveyard);
                            tools.files().deleteTree(graveyard);
                            damaged.remove(systemId);
                        } else {
                            store(systemId).remove(graveyard);
                            systems.remove(systemId);
                            tools.customers().leave(systemId);
                        }
                    }
                    return null;
                });
    }

    @Override
    public Outcome<List<RecoveryPoint>> points(String systemId) {
        return Words.outcome(() -> store(systemId).points());
    }

    @Override
    public Outcome<Path> newestImage(String systemId, String volume) {
        return Words.outcome(() -> store(systemId).image(volume));
    }

    @Override
    public Outcome<DiskManifest> diskManifest(String systemId, String volume) {
        return Words.outcome(() -> store(systemId).disk(volume));
    }

    @Override
    public Outcome<TreeManifest> treeManifest(String systemId, String volume) {
        return Words.outcome(() -> store(systemId).tree(volume));
    }

    @Override
    public Outcome<IncomingPoint> begin(PointRequest request) {
        return Words.outcome(
                () -> {
                    tools.trusted().keepIfPossible();
                    return store(request.systemId()).begin(request);
                });
    }

    @Override
    public Outcome<Hold> hold(String systemId, String holder, String reason) {
        return Words.outcome(
                () -> {
                    if (!Names.isHolder(holder) || reason.length() > 500) {
                        throw Refusal.of("pool.request-wrong", "hold");
                    }
                    return store(systemId).hold(holder, reason);
                });
    }

    @Override
    public Outcome<Void> release(String systemId, String holder) {
        return Words.outcome(
                () -> {
                    store(systemId).release(holder);
                    return null;
                });
    }

    @Override
    public Outcome<Long> raiseEpoch(String systemId) {
        return Words.outcome(() -> store(systemId).raiseEpoch());
    }

    @Override
    public Outcome<VerifyReport> verify(String systemId, Progress progress) {
        return Words.outcome(() -> new Verification(store(systemId), progress).run());
    }

    @Override
    public Outcome<RecoveryPoint> export(
            String systemId, long number, Path target, Progress progress) {
        return Words.outcome(
                () -> {
                    SystemStore store = store(systemId);
                    Path to = target.toAbsolutePath().normalize();
                    if (to.startsWith(root)) {
                        throw Refusal.of("pool.target-in-pool", to);
                    }
                    return new Export(store, progress).run(number, to);
                });
    }

    @Override
    public Outcome<Integer> keepLast(String systemId, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one point stays");
        }
        return points(systemId)
                .then(
                        points -> {
                            Set<Long> keep = new HashSet<>();
                            points.stream().limit(count).forEach(p -> keep.add(p.number()));
                            return retention
                                    .prune(systemId, keep, Progress.NONE)
                                    .map(report -> report.removed().size());
                        });
    }

    @Override
    public Outcome<SystemRules> rules(String systemId) {
        return Words.outcome(() -> store(systemId).state().guards().rules());
    }

    @Override
    public Outcome<Void> setRules(String systemId, SystemRules rules) {
        return Words.outcome(
                () -> {
                    if (!rules.customer().isEmpty() && !Names.isHolder(rules.customer())) {
                        throw Refusal.of("pool.request-wrong", "customer");
                    }
                    SystemStore store = store(systemId);
                    synchronized (store) {
                        Guards guards = store.settled().guards();
                        if (!guards.rules().equals(rules)) {
                            store.setGuards(guards.withRules(rules));
                            store.joinCustomer();
                        }
                    }
                    return null;
                });
    }

    @Override
    public Outcome<List<RecoveryPoint>> commitGroup(String groupId, List<IncomingPoint> prepared) {
        return Words.outcome(
                () -> {
                    GroupCommit group =
                            new GroupCommit(tools, root, this::store, groupId, prepared);
                    List<RecoveryPoint> points = group.run();
                    new GroupSweep(tools.files(), root, systems, damaged.keySet()).run();
                    return points;
                });
    }

    @Override
    public PointRetention retention() {
        return retention;
    }

    @Override
    public PoolUpkeep upkeep() {
        return upkeep;
    }

    @Override
    public PointAccess access() {
        return access;
    }

    @Override
    public Outcome<PoolSpace> space() {
        return Words.outcome(
                () -> {
                    List<PoolSpace.SystemSpace> spaces = new ArrayList<>();
                    PoolFiles files = tools.files();
                    for (String id : systems.keySet()) {
                        SystemStore store = store(id);
                        spaces.add(store.reading(state -> store.account(state).used()));
                    }
                    return new PoolSpace(
                            files.totalBytes(root),
                            files.usableBytes(root),
                            tools.reserveBytes(root),
                            spaces);
                });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            systems.values().forEach(SystemStore::close);
            Words.outcome(
                    () -> {
                        Closing.all(
                                List.of(() -> tools.trusted().keep(true), tools.customers(), lock));
                        return null;
                    });
        }
    }
}
