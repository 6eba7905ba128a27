package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The systems of a pool: those that are sound and those whose files are damaged, which do not take
 * the others with them. Safe for any thread.
 */
final class SystemTable implements UpkeepDesk.Systems {

    /** Before the id of a system that is being deleted; no id begins like this. */
    private static final String REMOVED = ".removed-";

    private final Tools tools;
    private final Path directory;
    private final Map<String, SystemStore> systems = new ConcurrentSkipListMap<>();
    private final Map<String, Explanation> damaged = new ConcurrentSkipListMap<>();

    /** Those of the damaged that may be sound: only a call to the disk failed. */
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /**
     * @param directory where the systems lie, each in a directory with its id
     */
    SystemTable(Tools tools, Path directory) {
        this.tools = tools;
        this.directory = directory;
    }

    /** Opens all systems, and ends the removal of those that were being removed. */
    void load() throws IOException {
        PoolFiles files = tools.files();
        for (String id : files.list(directory)) {
            SystemFiles paths = at(id);
            if (id.startsWith(REMOVED)) {
                files.deleteTree(paths.root());
            }
            if (Names.isSystem(id) && isThere(files, paths)) {
                loadSystem(id, paths);
            }
        }
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

    private SystemFiles at(String id) {
        return new SystemFiles(directory.resolve(id));
    }

    @Override
    public SystemStore store(String id) throws Refusal {
        if (closed) {
            throw Refusal.of("pool.closed");
        }
        SystemStore store = systems.get(id);
        if (store == null && failed.contains(id)) {
            synchronized (systems) {
                if (failed.remove(id)) {
                    damaged.remove(id);
                    loadSystem(id, at(id));
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

    /** A system if its files are sound. */
    Optional<SystemStore> sound(String systemId) {
        return Optional.ofNullable(systems.get(systemId));
    }

    @Override
    public List<SystemStore> all() {
        return List.copyOf(systems.values());
    }

    /** Why which systems cannot be used. */
    Map<String, Explanation> damaged() {
        return Map.copyOf(damaged);
    }

    @Override
    public SystemFiles paths(String systemId) throws Refusal {
        if (!systems.containsKey(systemId) && !damaged.containsKey(systemId)) {
            throw Refusal.of("pool.system-unknown", systemId);
        }
        return at(systemId);
    }

    @Override
    public <T> T alone(String systemId, boolean changes, Act<T> act) throws IOException, Refusal {
        synchronized (systems) {
            SystemStore store = systems.get(systemId);
            T result = store == null ? act.act() : store.alone(changes, act);
            if (changes) {
                systems.remove(systemId);
                damaged.remove(systemId);
                loadSystem(systemId, at(systemId));
            }
            return result;
        }
    }

    /** The system of this id, made when there is none. */
    SystemStore addIfNew(String systemId, String name) throws IOException, Refusal {
        synchronized (systems) {
            if (!systems.containsKey(systemId) && !damaged.containsKey(systemId)) {
                systems.put(systemId, SystemStore.create(tools, at(systemId), systemId, name));
            }
        }
        return store(systemId);
    }

    /** Removes a system with all its points, also a damaged one. */
    void remove(String systemId) throws IOException, Refusal {
        if (!Names.isSystem(systemId)) {
            throw Refusal.of("pool.system-unknown", systemId);
        }
        Path graveyard = at(REMOVED + systemId).root();
        synchronized (systems) {
            if (damaged.containsKey(systemId)) {
                tools.files().deleteTree(graveyard);
                tools.files().rename(at(systemId).root(), graveyard);
                tools.files().deleteTree(graveyard);
                damaged.remove(systemId);
            } else {
                store(systemId).remove(graveyard);
                systems.remove(systemId);
                tools.customers().leave(systemId);
            }
        }
    }

    /** Removes the records of groups that no system needs any more. */
    void sweep(Path root) throws IOException {
        new GroupSweep(tools.files(), root, systems, damaged.keySet()).run();
    }

    /** Ends all sessions; nothing may follow. */
    void close() {
        closed = true;
        systems.values().forEach(SystemStore::close);
    }
}
