package org.standfest.replication.agent;

import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.AgentReport;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.Message.RestorePhase;
import org.standfest.replication.protocol.Message.SystemReport;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.StandbyConnector;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The resident agent: keeps a line to its standby, reports, replicates when asked or when it is
 * time, brings systems home.
 *
 * <p>{@link #run} blocks until {@link #close}; everything else is safe for any thread.
 */
public final class Agent implements AutoCloseable {

    private static final Duration LAST_ACTS = Duration.ofSeconds(5);
    private static final long PROGRESS_EVERY_NANOS = 200_000_000;

    private final AgentHome home;
    private final Supplier<Map<String, SnapshotProvider>> providers;
    private final Supplier<Map<String, ReturnTarget>> targets;
    private final AgentSettings settings;
    private final InstantSource clock;
    private final AgentListener listener;
    private final String host;
    private final String product;
    private final Pause pause = new Pause();
    private final Jobs jobs = new Jobs();
    private final StandbyConnector connector;
    private final Replicator replicator;
    private final Homecoming homecoming;
    private final ControlLine control;
    private final Map<String, Presence> presences = new ConcurrentHashMap<>();
    private final Map<String, Instant> lastRun = new HashMap<>();
    private final Map<Long, Jobs.Job> commands = new ConcurrentHashMap<>();

    /**
     * An agent with everything that comes from outside.
     *
     * @param providers the snapshot providers there are now, by kind
     * @param targets the landing places there are now, by kind
     * @param host this machine's name, for reports
     */
    public Agent(
            AgentHome home,
            Identity identity,
            PoolFiles files,
            Supplier<Map<String, SnapshotProvider>> providers,
            Supplier<Map<String, ReturnTarget>> targets,
            AgentSettings settings,
            String host,
            Locale language,
            InstantSource clock,
            SecureRandom random,
            AgentListener listener) {
        this.home = home;
        this.providers = providers;
        this.targets = targets;
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.host = host;
        this.product = "standfest-agent 1.0";
        this.connector =
                new StandbyConnector(
                        identity.clientContext(clock, random),
                        settings.channels(),
                        language,
                        product);
        Line line = purpose -> connector.connect(identity.host(), identity.port(), purpose);
        this.replicator =
                new Replicator(
                        home,
                        providers,
                        line,
                        new SessionSender(files, settings.sending()),
                        settings,
                        pause,
                        clock,
                        random);
        this.homecoming = new Homecoming(home, targets, line, settings, pause);
        this.control =
                new ControlLine(
                        line,
                        settings,
                        pause,
                        this::report,
                        this::command,
                        listener,
                        identity.host(),
                        identity.port());
    }

    /** Works until {@link #close}. */
    public void run() {
        Thread line = Thread.ofVirtual().name("control-line").start(control::run);
        String seen = null;
        Instant reported = clock.instant();
        do {
            String now = home.fingerprint();
            boolean changed = !now.equals(seen);
            seen = now;
            List<ProtectedSystem> systems = home.systems();
            if (changed) {
                listener.systems(systems.size());
            }
            changed |= lookAtSources(systems);
            boolean due =
                    Duration.between(reported, clock.instant()).compareTo(settings.report()) >= 0;
            if (changed || due) {
                reported = clock.instant();
                control.report();
            }
            systems.forEach(this::replicateWhenDue);
        } while (pause.goOnAfter(settings.look()));
        jobs.stopAll(LAST_ACTS);
        connector.close();
        jobs.stopAll(LAST_ACTS);
        homecoming.close();
        try {
            line.join(settings.channels().connect());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends {@link #run} in good order; what was transferred so far is kept for the next time.
     * Idempotent.
     */
    @Override
    public void close() {
        pause.stop();
        control.close();
    }

    private boolean lookAtSources(List<ProtectedSystem> systems) {
        boolean changed = false;
        Map<String, SnapshotProvider> known = providers.get();
        for (ProtectedSystem system : systems) {
            Presence before = presences.get(system.id());
            // While something is under way its own steps find out; a second caller would disturb
            // the source.
            if (before == null || jobs.of(system.id()).isEmpty()) {
                Presence now = presence(system, known);
                presences.put(system.id(), now);
                changed |= before == null || before.state() != now.state();
            }
        }
        presences.keySet().retainAll(systems.stream().map(ProtectedSystem::id).toList());
        return changed;
    }

    /** The worst of its volumes: gone before unknown before there. */
    private static Presence presence(ProtectedSystem system, Map<String, SnapshotProvider> known) {
        Presence worst = null;
        for (VolumeSource volume : system.volumes()) {
            SnapshotProvider provider = known.get(volume.provider());
            Presence one =
                    provider == null
                            ? new Presence(
                                    Presence.State.UNKNOWN,
                                    AgentHome.TEXTS.explain("agent.no-provider", volume.provider()))
                            : provider.presence(volume);
            boolean worse =
                    worst == null
                            || one.state() == Presence.State.GONE
                            || one.state() == Presence.State.UNKNOWN
                                    && worst.state() == Presence.State.THERE;
            worst = worse ? one : worst;
        }
        return worst;
    }

    private void replicateWhenDue(ProtectedSystem system) {
        Instant now = clock.instant();
        Instant last = lastRun.computeIfAbsent(system.id(), _ -> Instant.EPOCH);
        boolean due =
                !system.every().isZero()
                        && Duration.between(last, now).compareTo(system.every()) >= 0;
        boolean gone = presences.get(system.id()).state() == Presence.State.GONE;
        if (due
                && !gone
                && !home.state(system.id()).lockedOut()
                && jobs.of(system.id()).isEmpty()) {
            lastRun.put(system.id(), now);
            replicate(system.id(), (phase, done, total) -> {});
        }
    }

    /** Takes steps of work that a command is in. */
    @FunctionalInterface
    interface Steps {
        void at(String phase, long done, long total);
    }

    /** Replicates a system now. */
    Jobs.Job replicate(String systemId, Steps steps) {
        return job(
                systemId,
                "replicate",
                cancellation ->
                        home.system(systemId)
                                .map(
                                        system ->
                                                replicator.replicate(
                                                        system,
                                                        told("replicate", systemId, steps),
                                                        cancellation))
                                .orElseGet(() -> unknown(systemId)));
    }

    private static Outcome<Map<String, String>> unknown(String systemId) {
        return Outcome.refused(AgentHome.TEXTS.explain("agent.system-unknown", systemId));
    }

    private Jobs.Job job(String systemId, String what, Jobs.Work work) {
        Jobs.Job job =
                jobs.begin(
                        systemId,
                        what,
                        cancellation -> {
                            listener.began(what, systemId);
                            Outcome<Map<String, String>> result = work.run(cancellation);
                            listener.ended(what, systemId, result);
                            return result;
                        });
        job.result().thenRun(control::report);
        return job;
    }

    private SessionSender.Progress told(String what, String systemId, Steps steps) {
        AtomicLong last = new AtomicLong(System.nanoTime() - PROGRESS_EVERY_NANOS);
        return (done, total) -> {
            long now = System.nanoTime();
            long before = last.get();
            boolean due = now - before >= PROGRESS_EVERY_NANOS || done == total && total > 0;
            if (due && last.compareAndSet(before, now)) {
                steps.at(what, done, total);
                listener.progress(what, systemId, done, total);
            }
        };
    }

    private void command(Message.Command command) {
        String systemId = command.systemId();
        Map<String, String> arguments = command.arguments();
        Steps steps = (phase, done, total) -> control.progress(command.id(), phase, done, total);
        Jobs.Job job =
                switch (command.kind()) {
                    case CommandKind.REPLICATE -> {
                        adopt(systemId, arguments.get("epoch"));
                        yield replicate(systemId, steps);
                    }
                    case CommandKind.RETURN_BULK ->
                            pull(systemId, RestorePhase.BULK, arguments, steps);
                    case CommandKind.RETURN_FINAL ->
                            pull(systemId, RestorePhase.FINAL, arguments, steps);
                    case CommandKind.RETURN_START ->
                            job(
                                    systemId,
                                    "return-start",
                                    _ -> homecoming.start(systemId, arguments));
                    case CommandKind.RETURN_UNDO -> {
                        jobs.stop(systemId);
                        yield job(
                                systemId, "return-undo", _ -> homecoming.undo(systemId, arguments));
                    }
                    case CommandKind.CANCEL -> cancel(arguments.getOrDefault("command", ""));
                };
        commands.put(command.id(), job);
        job.result()
                .thenAccept(
                        result -> {
                            commands.remove(command.id());
                            control.result(command.id(), result);
                        });
    }

    private Jobs.Job pull(
            String systemId, RestorePhase phase, Map<String, String> arguments, Steps steps) {
        String what = phase == RestorePhase.BULK ? "return-bulk" : "return-final";
        return job(
                systemId,
                what,
                cancellation ->
                        homecoming.pull(
                                systemId,
                                phase,
                                arguments,
                                told(what, systemId, steps),
                                cancellation));
    }

    private Jobs.Job cancel(String number) {
        Jobs.Job done = new Jobs.Job("cancel", new CompletableFuture<>(), new AtomicBoolean());
        Jobs.Job running =
                number.matches("\\d{1,18}") ? commands.get(Long.parseLong(number)) : null;
        if (running != null) {
            running.cancel();
        }
        done.result().complete(Outcome.done(Map.of()));
        return done;
    }

    /** The standby's word on the epoch counts: it asks only the agent whose data is the newest. */
    private void adopt(String systemId, String epoch) {
        boolean told =
                epoch != null && epoch.matches("\\d{1,18}") && home.system(systemId).isPresent();
        if (told && home.state(systemId).epoch() != Long.parseLong(epoch)) {
            home.save(systemId, home.state(systemId).inEpoch(Long.parseLong(epoch)));
        }
    }

    private AgentReport report() {
        List<SystemReport> systems = new ArrayList<>();
        for (ProtectedSystem system : home.systems()) {
            SystemState state = home.state(system.id());
            Presence presence = presences.get(system.id());
            Map<String, String> facts = new HashMap<>(state.lastFacts());
            facts.put("everySeconds", Long.toString(system.every().toSeconds()));
            facts.put("epoch", Long.toString(state.epoch()));
            facts.put("lockedOut", Boolean.toString(state.lockedOut()));
            facts.values().removeIf(value -> value.length() > LONGEST_FACT);
            jobs.of(system.id()).ifPresent(what -> facts.put("running", what));
            systems.add(
                    new SystemReport(
                            system.id(),
                            system.name(),
                            system.volumes().stream()
                                    .map(volume -> new VolumeHead(volume.name(), volume.kind(), 0))
                                    .toList(),
                            presence == null
                                    ? Presence.State.UNKNOWN.ordinal()
                                    : presence.state().ordinal(),
                            presence == null ? "" : presence.reason().happened(control.language()),
                            state.lastPoint(),
                            facts));
        }
        return new AgentReport(
                host, product, targets.get().keySet().stream().sorted().toList(), systems);
    }

    private static final int LONGEST_FACT = 1000;

    /** Figures of the last session of a system, for {@code status}. */
    static Map<String, String> lastFacts(AgentHome home, String systemId) {
        Map<String, String> facts = new HashMap<>(home.state(systemId).lastFacts());
        facts.putIfAbsent(FactNames.POINT, home.state(systemId).lastPoint());
        return facts;
    }
}
