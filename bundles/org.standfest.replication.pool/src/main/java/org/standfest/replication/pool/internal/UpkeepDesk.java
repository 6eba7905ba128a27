package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PoolUpkeep;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RepairReport;
import org.standfest.replication.pool.ScrubPace;
import org.standfest.replication.pool.ScrubReport;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.replication.pool.WantedBlock;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
                () ->
                        DamageList.read(tools.files(), systems.store(systemId).paths())
                                .all()
                                .stream()
                                .filter(item -> item.point() == 0)
                                .map(DamageList.Item::block)
                                .toList());
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
