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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A pool in a directory, as POOL.md describes it. */
public final class DirectoryPool implements ImagePool {

    /** The version of the format that this code reads and writes. */
    static final int FORMAT = 1;

    private static final String SYSTEMS = "systems";

    /** Before the id of a system that is being deleted; no id begins like this. */
    private static final String REMOVED = ".removed-";

    private static final String POOL = "pool.properties";
    private static final Set<String> OWN = Set.of(POOL, POOL + ".new", "pool.lock", SYSTEMS);

    private final Tools tools;
    private final Path root;
    private final Closeable lock;
    private final Map<String, SystemStore> systems = new ConcurrentSkipListMap<>();
    private final Map<String, Explanation> damaged = new ConcurrentSkipListMap<>();
    private volatile boolean closed;

    private DirectoryPool(Tools tools, Path root, Closeable lock) {
        this.tools = tools;
        this.root = root;
        this.lock = lock;
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
                    Tools tools = new Tools(files, clock, nanos, random, settings);
                    DirectoryPool pool = new DirectoryPool(tools, root, lock.get());
                    boolean complete = false;
                    try {
                        pool.load();
                        complete = true;
                        return pool;
                    } finally {
                        if (!complete) {
                            lock.get().close();
                        }
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
        Path sheet = root.resolve(POOL);
        if (files.exists(sheet)) {
            Versions.check(Sheet.read(files, sheet));
        } else {
            files.createDirectory(root.resolve(SYSTEMS));
            new Sheet(
                            Map.of(
                                    "format", String.valueOf(FORMAT),
                                    "id", tools.newId(),
                                    "createdAt", tools.clock().instant().toString()))
                    .write(files, sheet);
            files.syncDirectory(root);
        }
        for (String id : files.list(root.resolve(SYSTEMS))) {
            SystemFiles paths = paths(id);
            if (id.startsWith(REMOVED)) {
                files.deleteTree(paths.root());
            }
            if (Names.isSystem(id) && files.exists(paths.system())) {
                loadSystem(id, paths);
            }
        }
    }

    /** One system that cannot be read does not take the others with it. */
    private void loadSystem(String id, SystemFiles paths) {
        Outcome<SystemStore> opened = Words.outcome(() -> SystemStore.open(tools, paths));
        switch (opened) {
            case Outcome.Done<SystemStore>(SystemStore store) -> systems.put(id, store);
            case Outcome.Refused<SystemStore>(Explanation why) -> damaged.put(id, why);
            case Outcome.Failed<SystemStore>(Explanation why, Throwable _) -> damaged.put(id, why);
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
        return Words.outcome(() -> store(request.systemId()).begin(request));
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
        return Words.outcome(() -> store(systemId).keepLast(count));
    }

    @Override
    public Outcome<SystemRules> rules(String systemId) {
        throw new UnsupportedOperationException("coming");
    }

    @Override
    public Outcome<Void> setRules(String systemId, SystemRules rules) {
        throw new UnsupportedOperationException("coming");
    }

    @Override
    public Outcome<List<RecoveryPoint>> commitGroup(String groupId, List<IncomingPoint> prepared) {
        throw new UnsupportedOperationException("coming");
    }

    @Override
    public PointRetention retention() {
        throw new UnsupportedOperationException("coming");
    }

    @Override
    public PoolUpkeep upkeep() {
        throw new UnsupportedOperationException("coming");
    }

    @Override
    public PointAccess access() {
        throw new UnsupportedOperationException("coming");
    }

    @Override
    public Outcome<PoolSpace> space() {
        return Words.outcome(
                () -> {
                    List<PoolSpace.SystemSpace> spaces = new ArrayList<>();
                    PoolFiles files = tools.files();
                    for (String id : systems.keySet()) {
                        SystemFiles paths = store(id).paths();
                        spaces.add(
                                new PoolSpace.SystemSpace(
                                        id,
                                        files.allocatedBytes(paths.current())
                                                + files.allocatedBytes(paths.manifests()),
                                        files.allocatedBytes(paths.deltas()),
                                        files.allocatedBytes(paths.incoming().root()),
                                        0));
                    }
                    return new PoolSpace(
                            0, files.usableBytes(root), tools.settings().reserveBytes(), spaces);
                });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            systems.values().forEach(SystemStore::close);
            Words.outcome(
                    () -> {
                        lock.close();
                        return null;
                    });
        }
    }
}
