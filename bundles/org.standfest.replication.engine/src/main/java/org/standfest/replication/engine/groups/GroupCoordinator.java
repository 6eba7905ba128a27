package org.standfest.replication.engine.groups;

import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.GroupMessage;
import org.standfest.replication.protocol.GroupMessage.Step;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * Takes consistency groups: on the standby, over the agents' control lines. All members are made
 * ready, held still, taken, let go, transferred and prepared, and then become the newest recovery
 * points by one decision of the pool; whatever goes wrong before that leaves every member's last
 * point as it was. PROTOCOL.md section 9.
 *
 * <p>Nothing here is durable and nothing needs to be: the decision is the pool's record. A standby
 * that dies before it forgets the run, and a run without record never committed.
 *
 * <p>Passive: whoever serves the lines tells what is heard, and {@link #tick} looks at the time.
 * Safe for any thread.
 */
public final class GroupCoordinator implements GroupSessions {

    private static final int REMEMBERED = 1000;

    private final GroupLink link;
    private final GroupPool pool;
    private final InstantSource clock;
    private final ThreadFactory threads;
    private final Supplier<String> runIds;
    private final Map<String, GroupRun> runs = new ConcurrentHashMap<>();
    private final Map<String, Step> decided =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Step> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /**
     * @param threads for sending orders; one short-lived thread each
     * @param runIds gives a new id for every run, see {@link
     *     org.standfest.replication.protocol.Ids}, never one that was used before, also not before
     *     a restart
     */
    public GroupCoordinator(
            GroupLink link,
            GroupPool pool,
            InstantSource clock,
            ThreadFactory threads,
            Supplier<String> runIds) {
        this.link = link;
        this.pool = pool;
        this.clock = clock;
        this.threads = threads;
        this.runIds = runIds;
    }

    /**
     * A run under way.
     *
     * @param runId its id
     * @param result completed when it is decided; never exceptionally
     */
    public record Running(String runId, CompletableFuture<GroupReport> result) {}

    /**
     * Begins to take a group.
     *
     * @return refused while another run has one of the members
     */
    public Outcome<Running> begin(GroupDefinition group) {
        GroupRun run;
        String runId = runIds.get();
        synchronized (runs) {
            for (GroupDefinition.Member member : group.members()) {
                if (runs.values().stream().anyMatch(other -> other.has(member.systemId()))) {
                    return Outcome.refused(
                            GroupTexts.explain("busy", group.id(), member.systemId()));
                }
            }
            run = new GroupRun(runId, group, link, pool, clock, threads);
            runs.put(runId, run);
        }
        run.result().thenAccept(report -> forget(runId, report));
        run.begin();
        return Outcome.done(new Running(runId, run.result()));
    }

    private void forget(String runId, GroupReport report) {
        synchronized (decided) {
            decided.put(runId, report.result().isDone() ? Step.COMMITTED : Step.ABORT);
        }
        runs.remove(runId);
    }

    /**
     * Hands over what an agent said on its control line.
     *
     * @param agentId whose line it is, as its certificate says
     */
    public void heard(String agentId, GroupMessage message) {
        switch (message) {
            case GroupMessage.State state -> {
                GroupRun run = runs.get(state.runId());
                if (run != null) {
                    run.heard(agentId, state);
                } else if (state.stage().compareTo(GroupMessage.Stage.SETTLED) < 0) {
                    // It still holds something for a run that is over or was never ours.
                    answer(agentId, state.runId(), state.systemId());
                }
            }
            case GroupMessage.Ask ask -> answer(agentId, ask.runId(), ask.systemId());
            case GroupMessage.Order _ -> {
                // Only we give orders; the line's reader refuses it before.
            }
        }
    }

    private void answer(String agentId, String runId, String systemId) {
        Step step = Optional.ofNullable(runs.get(runId)).map(GroupRun::step).orElse(null);
        if (step == null) {
            synchronized (decided) {
                step = decided.get(runId);
            }
        }
        if (step == null) {
            step = pool.committed(runId, systemId) ? Step.COMMITTED : Step.ABORT;
        }
        GroupMessage.Order order =
                new GroupMessage.Order(
                        runId,
                        "group",
                        systemId,
                        step,
                        GroupDefinition.Limits.STANDARD.transfer().toMillis(),
                        0);
        threads.newThread(() -> link.send(agentId, order)).start();
    }

    /** An agent's control line ended. */
    public void lost(String agentId) {
        runs.values().forEach(run -> run.lost(agentId));
    }

    /** Looks at the time; to be called every second or so. */
    public void tick() {
        List.copyOf(runs.values()).forEach(GroupRun::tick);
    }

    /** Ends a run unless it is decided; does nothing when it is over. */
    public void cancel(String runId) {
        Optional.ofNullable(runs.get(runId)).ifPresent(GroupRun::cancel);
    }

    @Override
    public Outcome<Void> admit(String runId, String systemId) {
        GroupRun run = runs.get(runId);
        return run != null && run.waitsFor(systemId)
                ? Outcome.done()
                : Outcome.refused(GroupTexts.explain("unknown-run", runId));
    }

    @Override
    public boolean expects(String systemId) {
        return runs.values().stream().anyMatch(run -> run.waitsFor(systemId));
    }

    @Override
    public boolean prepared(
            String runId, String systemId, IncomingPoint point, RecoveryPoint becomes) {
        GroupRun run = runs.get(runId);
        return run != null && run.prepared(systemId, point, becomes);
    }

    @Override
    public void ended(String runId, String systemId, Explanation why) {
        Optional.ofNullable(runs.get(runId)).ifPresent(run -> run.ended(systemId, why));
    }
}
