package org.standfest.replication.agent;

import org.standfest.replication.engine.HeldSnapshot;
import org.standfest.replication.engine.JoinedSnapshot;
import org.standfest.replication.engine.groups.GroupHost;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SourceFacts;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What members of consistency groups need of this agent. Safe for any thread. */
final class GroupSite implements GroupHost {

    private final AgentHome home;
    private final Jobs jobs;
    private final Presences presences;
    private final Supplier<Map<String, SnapshotProvider>> providers;
    private final Freezer freezer;
    private final Replicator replicator;
    private final Duration snapshotLimit;
    private final Map<String, Jobs.Job> claims = new ConcurrentHashMap<>();

    GroupSite(
            AgentHome home,
            Jobs jobs,
            Presences presences,
            Supplier<Map<String, SnapshotProvider>> providers,
            Freezer freezer,
            Replicator replicator,
            Duration snapshotLimit) {
        this.home = home;
        this.jobs = jobs;
        this.presences = presences;
        this.providers = providers;
        this.freezer = freezer;
        this.replicator = replicator;
        this.snapshotLimit = snapshotLimit;
    }

    private static String key(String systemId, String runId) {
        return systemId + " " + runId;
    }

    private <T> Outcome<T> of(String systemId, Function<ProtectedSystem, Outcome<T>> act) {
        return home.system(systemId)
                .map(act)
                .orElseGet(
                        () ->
                                Outcome.refused(
                                        AgentHome.TEXTS.explain("agent.system-unknown", systemId)));
    }

    @Override
    public Outcome<Void> claim(String systemId, String runId) {
        return of(
                systemId,
                system -> {
                    if (claims.containsKey(key(systemId, runId))) {
                        return Outcome.done();
                    }
                    if (presences.gone(systemId)) {
                        return Outcome.refused(presences.of(systemId).orElseThrow().reason());
                    }
                    return jobs.claim(systemId, "group")
                            .map(
                                    job -> {
                                        claims.put(key(systemId, runId), job);
                                        return Outcome.done();
                                    })
                            .orElseGet(
                                    () ->
                                            Outcome.refused(
                                                    AgentHome.TEXTS.explain(
                                                            "agent.busy",
                                                            systemId,
                                                            jobs.of(systemId).orElse("?"))));
                });
    }

    @Override
    public Outcome<Freezer.Hold> freeze(String systemId) {
        return of(systemId, system -> freezer.freeze(systemId, system.volumes()));
    }

    @Override
    public Outcome<Snapshot> take(String systemId) {
        return of(
                systemId,
                system ->
                        JoinedSnapshot.take(
                                systemId,
                                system.volumes(),
                                home.basis(systemId).load().map(basis -> basis.token()),
                                providers.get(),
                                snapshotLimit));
    }

    @Override
    public Outcome<Transfer> transfer(
            String systemId,
            String runId,
            Instant instant,
            Snapshot snapshot,
            Map<String, String> facts) {
        Jobs.Job claimed = claims.get(key(systemId, runId));
        return of(
                systemId,
                system ->
                        replicator.prepare(
                                system,
                                runId,
                                instant,
                                new HeldSnapshot(
                                        snapshot,
                                        Boolean.parseBoolean(
                                                facts.get(SourceFacts.APPLICATIONS_HELD)),
                                        facts),
                                () -> claimed == null || claimed.cancelled().get()));
    }

    @Override
    public void cancel(String systemId, String runId) {
        Jobs.Job claimed = claims.get(key(systemId, runId));
        if (claimed != null) {
            claimed.cancel();
        }
    }

    @Override
    public void release(String systemId, String runId) {
        Jobs.Job claimed = claims.remove(key(systemId, runId));
        if (claimed != null) {
            jobs.release(systemId, claimed);
        }
    }
}
