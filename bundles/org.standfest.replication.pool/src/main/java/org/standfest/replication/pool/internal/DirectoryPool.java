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
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A pool in a directory, as POOL.md describes it. */
public final class DirectoryPool implements ImagePool {

    /** The version of the format that this code reads and writes. */
    static final int FORMAT = 2;

    private static final String SYSTEMS = "systems";
    private static final String POOL = "pool.properties";
    private static final String CLOCK = "clock.properties";
    private static final Set<String> OWN =
            Set.of(POOL, POOL + ".new", POOL + ".copy", POOL + ".copy.new", "pool.lock", SYSTEMS);

    private final Tools tools;
    private final Path root;
    private final Closeable lock;
    private final SystemTable systems;
    private final PointRetention retention;
    private final PoolUpkeep upkeep;
    private final PointAccess access;
    private volatile boolean closed;

    private DirectoryPool(Tools tools, Path root, Closeable lock) {
        this.tools = tools;
        this.root = root;
        this.lock = lock;
        systems = new SystemTable(tools, root.resolve(SYSTEMS));
        retention = new RetentionDesk(tools, systems);
        upkeep = new UpkeepDesk(tools, systems);
        access = new AccessDesk(tools, systems, root);
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
        systems.load();
        GroupRecord.removeHalfWritten(files, GroupRecord.directory(root));
        systems.sweep(root);
        tools.trusted().keepIfPossible();
    }

    private void writePool(String id, String createdAt) throws IOException {
        Map<String, String> values =
                Map.of("format", String.valueOf(FORMAT), "id", id, "createdAt", createdAt);
        new Sheet(values).writeTwice(tools.files(), root.resolve(POOL));
        tools.files().syncDirectory(root);
    }

    @Override
    public List<PooledSystem> systems() {
        return systems.all().stream().map(store -> store.state().shown()).toList();
    }

    @Override
    public Optional<PooledSystem> system(String systemId) {
        return systems.sound(systemId).map(store -> store.state().shown());
    }

    @Override
    public Outcome<PooledSystem> addSystem(String systemId, String name) {
        return Words.outcome(
                () -> {
                    if (!Names.isSystem(systemId) || name.isBlank() || name.length() > 200) {
                        throw Refusal.of("pool.request-wrong", "system");
                    }
                    SystemStore store = systems.addIfNew(systemId, name);
                    store.rename(name);
                    return store.state().shown();
                });
    }

    @Override
    public Map<String, Explanation> damaged() {
        return systems.damaged();
    }

    @Override
    public Outcome<Void> removeSystem(String systemId) {
        return Words.outcome(
                () -> {
                    systems.remove(systemId);
                    return null;
                });
    }

    @Override
    public Outcome<List<RecoveryPoint>> points(String systemId) {
        return Words.outcome(() -> systems.store(systemId).points());
    }

    @Override
    public Outcome<Path> newestImage(String systemId, String volume) {
        return Words.outcome(() -> systems.store(systemId).image(volume));
    }

    @Override
    public Outcome<DiskManifest> diskManifest(String systemId, String volume) {
        return Words.outcome(() -> systems.store(systemId).disk(volume));
    }

    @Override
    public Outcome<TreeManifest> treeManifest(String systemId, String volume) {
        return Words.outcome(() -> systems.store(systemId).tree(volume));
    }

    @Override
    public Outcome<IncomingPoint> begin(PointRequest request) {
        return Words.outcome(
                () -> {
                    tools.trusted().keepIfPossible();
                    return systems.store(request.systemId()).begin(request);
                });
    }

    @Override
    public Outcome<Hold> hold(String systemId, String holder, String reason) {
        return Words.outcome(
                () -> {
                    if (!Names.isHolder(holder) || reason.length() > 500) {
                        throw Refusal.of("pool.request-wrong", "hold");
                    }
                    return systems.store(systemId).hold(holder, reason);
                });
    }

    @Override
    public Outcome<Void> release(String systemId, String holder) {
        return Words.outcome(
                () -> {
                    systems.store(systemId).release(holder);
                    return null;
                });
    }

    @Override
    public Outcome<Long> raiseEpoch(String systemId) {
        return Words.outcome(() -> systems.store(systemId).raiseEpoch());
    }

    @Override
    public Outcome<VerifyReport> verify(String systemId, Progress progress) {
        return Words.outcome(() -> new Verification(systems.store(systemId), progress).run());
    }

    @Override
    public Outcome<RecoveryPoint> export(
            String systemId, long number, Path target, Progress progress) {
        return Words.outcome(
                () -> {
                    SystemStore store = systems.store(systemId);
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
        return Words.outcome(() -> systems.store(systemId).state().guards().rules());
    }

    @Override
    public Outcome<Void> setRules(String systemId, SystemRules rules) {
        return Words.outcome(
                () -> {
                    if (!rules.customer().isEmpty() && !Names.isHolder(rules.customer())) {
                        throw Refusal.of("pool.request-wrong", "customer");
                    }
                    SystemStore store = systems.store(systemId);
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
                            new GroupCommit(tools, root, systems::store, groupId, prepared);
                    List<RecoveryPoint> points = group.run();
                    systems.sweep(root);
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
                    for (SystemStore one : systems.all()) {
                        SystemStore store = systems.store(one.state().id());
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
            systems.close();
            Words.outcome(
                    () -> {
                        Closing.all(
                                List.of(() -> tools.trusted().keep(true), tools.customers(), lock));
                        return null;
                    });
        }
    }
}
