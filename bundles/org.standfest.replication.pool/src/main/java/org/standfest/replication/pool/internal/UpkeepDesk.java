package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PoolUpkeep;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RepairReport;
import org.standfest.replication.pool.ScrubPace;
import org.standfest.replication.pool.ScrubReport;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scrubs, verifies, repairs. Safe for any thread. */
final class UpkeepDesk implements PoolUpkeep {

    private final Tools tools;
    private final Systems systems;

    /** The systems of the pool, also those that could not be opened. */
    interface Systems extends RetentionDesk.Stores {

        List<SystemStore> all();

        /** Where a system lies, also a damaged one; refused when there is none. */
        SystemFiles paths(String systemId) throws Refusal;

        /** Does something while nobody else uses a system, and opens it anew if it changed. */
        <T> T alone(String systemId, boolean changes, Act<T> act) throws IOException, Refusal;

        /** What is done alone. */
        interface Act<T> {
            T act() throws IOException, Refusal;
        }
    }

    UpkeepDesk(Tools tools, Systems systems) {
        this.tools = tools;
        this.systems = systems;
    }

    @Override
    public Outcome<ScrubReport> scrub(String systemId, ScrubPace pace, Progress progress) {
        return Words.outcome(
                () -> new Scrub(tools, systems, systems.store(systemId), pace, progress).run());
    }

    @Override
    public Outcome<Optional<ScrubReport>> lastScrub(String systemId) {
        return Words.outcome(
                () -> {
                    SystemStore store = systems.store(systemId);
                    return ScrubState.read(tools.files(), store.paths())
                            .map(state -> state.report(systemId, List.of()));
                });
    }

    @Override
    public Outcome<List<WantedBlock>> wanted(String systemId) {
        return Words.outcome(
                () -> {
                    SystemStore store = systems.store(systemId);
                    return store.reading(_ -> demanded(tools.files(), store.paths()));
                });
    }

    /** What changed since it was found damaged needs its old content no more. */
    static List<WantedBlock> demanded(PoolFiles files, SystemFiles paths)
            throws IOException, Refusal {
        Map<String, TreeManifest> trees = new HashMap<>();
        Map<String, DiskManifest> disks = new HashMap<>();
        List<WantedBlock> wanted = new ArrayList<>();
        for (DamageList.Item item : DamageList.read(files, paths).all()) {
            WantedBlock block = item.block();
            if (item.point() == 0 && block.file().isPresent()) {
                TreeManifest tree = trees.get(block.volume());
                if (tree == null) {
                    tree = manifest(files, paths.treeManifest(block.volume()));
                    trees.put(block.volume(), tree);
                }
                if (Mending.demands(tree.find(block.file().get()), block)) {
                    wanted.add(block);
                }
            } else if (item.point() == 0) {
                DiskManifest disk = disks.get(block.volume());
                if (disk == null) {
                    disk = diskManifest(files, paths.diskManifest(block.volume()));
                    disks.put(block.volume(), disk);
                }
                if (Mending.demands(disk, block)) {
                    wanted.add(block);
                }
            }
        }
        return wanted;
    }

    private static DiskManifest diskManifest(PoolFiles files, Path file)
            throws IOException, Refusal {
        try {
            return StoredDiskManifest.read(files, file);
        } catch (Damage | NoSuchFileException unreadable) {
            return DiskManifest.zero(0);
        }
    }

    private static TreeManifest manifest(PoolFiles files, Path file) throws IOException, Refusal {
        try {
            return StoredTreeManifest.read(files, file);
        } catch (Damage | NoSuchFileException unreadable) {
            // first the manifest has to be repaired
            return TreeManifest.EMPTY;
        }
    }

    @Override
    public Outcome<List<VerifyReport>> verifyAll(Progress progress) {
        return Words.outcome(
                () -> {
                    List<VerifyReport> reports = new ArrayList<>();
                    for (SystemStore store : systems.all()) {
                        if (!store.settled().stored().isEmpty()) {
                            reports.add(new Verification(store, progress).run());
                        }
                    }
                    return reports;
                });
    }

    @Override
    public Outcome<RepairReport> repair(String systemId, boolean mend, Progress progress) {
        return Words.outcome(
                () -> {
                    SystemFiles paths = systems.paths(systemId);
                    Repair repair = new Repair(tools, paths, systemId, mend, progress);
                    return systems.alone(systemId, mend, repair::run);
                });
    }
}
