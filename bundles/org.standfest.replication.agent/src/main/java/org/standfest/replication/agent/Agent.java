package org.standfest.replication.agent;

import org.standfest.replication.engine.LineShares;
import org.standfest.replication.engine.PullClient;
import org.standfest.replication.engine.SenderTools;
import org.standfest.replication.engine.SessionPlaces;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.groups.GroupMember;
import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.objectives.RpoObjective;
import org.standfest.replication.objectives.Schedule;
import org.standfest.replication.objectives.SessionRecord.Trigger;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.GroupMessage;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.AgentReport;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The resident agent: keeps a line to its standby, reports, replicates when asked or when it is
 * time, compares, brings systems home.
 *
 * <p>{@link #run} blocks until {@link #close}; everything else is safe for any thread.
 */
public final class Agent implements AutoCloseable {

    private static final Duration LAST_ACTS = Duration.ofSeconds(5);

    private final AgentHome home;
    private final Supplier<Map<String, ReturnTarget>> targets;
    private final AgentSettings settings;
    private final InstantSource clock;
    private final AgentListener listener;
    private final Freezer freezer;
    private final String host;
    private final String product;
    private final Pause pause = Pause.real();
    private final Jobs jobs = new Jobs();
    private final StandbyLink link;
    private final GroupMember groups;
    private final Homecoming homecoming;
    private final ControlLine control;
    private final Presences presences;
    private final Planner planner;
    private final Reports reports;
    private final Work work;
    private final Desk desk;
    private final Orders orders;

    /** What the schedule began; what others ordered must not keep it from queueing. */
    private final Set<Jobs.Job> scheduled = new HashSet<>();

    private final LineShares shares;
    private volatile RateCalendar rates = RateCalendar.UNLIMITED;

    /**
     * An agent with everything that comes from outside.
     *
     * @param providers the snapshot providers there are now, by kind
     * @param targets the landing places there are now, by kind
     * @param freezer holds applications still while snapshots are taken
     * @param host this machine's name, for reports
     */
    public Agent(
            AgentHome home,
            Identity identity,
            PoolFiles files,
            Supplier<Map<String, SnapshotProvider>> providers,
            Supplier<Map<String, ReturnTarget>> targets,
            Freezer freezer,
            AgentSettings settings,
            String host,
            Locale language,
            InstantSource clock,
            SecureRandom random,
            AgentListener listener) {
        this.home = home;
        this.targets = targets;
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.freezer = freezer;
        this.host = host;
        this.product = "standfest-agent 1.0";
        this.presences = new Presences(providers);
        this.planner =
                new Planner(
                        settings.zone(),
                        settings.retryRun(),
                        settings.longestRetryRun(),
                        settings.sessionsAtOnce());
        this.reports = new Reports(home, planner, clock);
        this.orders = new Orders(home.orders(), clock);
        this.link =
                new StandbyLink(
                        home.identity(),
                        identity,
                        settings.channels(),
                        language,
                        product,
                        clock,
                        random);
        this.shares =
                new LineShares(
                        millis -> rates.at(Instant.ofEpochMilli(millis), settings.zone()),
                        clock,
                        SenderTools.standard().nanos());
        SessionSender sender = new SessionSender(files, settings.sending(), tools(random));
        this.work = new Work(jobs, listener, clock, this::report);
        Replicator replicator =
                new Replicator(
                        home, providers, link, sender, settings, pause, freezer, clock, random);
        this.homecoming =
                new Homecoming(home, targets, link, settings, pause, files, this::pulling);
        Comparisons comparisons = new Comparisons(home, link, files, pause, clock);
        CourierExport couriers =
                new CourierExport(home, providers, freezer, files, settings, clock, random);
        PowerSwitch power = new PowerSwitch(home, providers);
        this.desk =
                new Desk(
                        home,
                        replicator,
                        homecoming,
                        comparisons,
                        couriers,
                        jobs,
                        work,
                        power,
                        new SessionPlaces(settings.ordersAtOnce()),
                        new SessionPlaces(settings.ordersAtOnce()));
        this.control = control();
        this.groups = groups(providers, replicator);
    }

    private GroupMember groups(
            Supplier<Map<String, SnapshotProvider>> providers, Replicator replicator) {
        GroupSite site =
                new GroupSite(
                        home,
                        jobs,
                        presences,
                        providers,
                        freezer,
                        replicator,
                        settings.snapshotLimit());
        return new GroupMember(
                site,
                control::send,
                control::language,
                clock,
                Thread.ofVirtual().name("group").factory());
    }

    private ControlLine control() {
        return new ControlLine(
                link,
                settings,
                pause,
                this::agentReport,
                this::received,
                this::lineStands,
                clock,
                listener,
                link.host(),
                link.port());
    }

    private void received(Message message) {
        switch (message) {
            case Message.Command command -> command(command);
            case GroupMessage.Order order -> groups.handle(order);
            default -> {
                // A later version may say more; what is not known is left alone.
            }
        }
    }

    /** What failed for want of a line need not wait any longer. */
    private void lineStands() {
        for (ProtectedSystem system : home.systems()) {
            RunTimes times = home.times(system.id());
            if (times.failures() > 0) {
                home.save(system.id(), times.withoutFailures());
            }
        }
        groups.lineUp();
    }

    private SenderTools tools(SecureRandom random) {
        SenderTools standard = SenderTools.standard();
        return new SenderTools(standard.threads(), standard.nanos(), random, shares);
    }

    /** The way home takes its part of the same line, with the limits of the system it brings. */
    private PullClient pulling(String systemId) {
        Optional<ReplicationPlan> plan = home.system(systemId).map(ProtectedSystem::plan);
        RateCalendar own = plan.map(ReplicationPlan::rates).orElse(RateCalendar.UNLIMITED);
        boolean limited =
                !rates.equals(RateCalendar.UNLIMITED) || !own.equals(RateCalendar.UNLIMITED);
        LineShares.Share share =
                shares.join(
                        plan.map(ReplicationPlan::priority).orElse(1),
                        millis -> own.at(Instant.ofEpochMilli(millis), settings.zone()));
        return new PullClient(share, limited);
    }

    /** Works until {@link #close}. */
    public void run() {
        freezer.thawLeftOvers();
        presences.tidy(home.systems());
        orders.tidy();
        Thread line = Thread.ofVirtual().name("control-line").start(control::run);
        String seen = null;
        Instant reported = clock.instant();
        Map<String, RpoObjective.Standing> standings = Map.of();
        do {
            String now = home.fingerprint();
            boolean changed = !now.equals(seen);
            seen = now;
            List<ProtectedSystem> systems = home.systems();
            if (changed) {
                rates = home.rates().result().orElse(rates);
                listener.systems(systems.size());
            }
            changed |= presences.look(systems, id -> jobs.of(id).isPresent());
            Map<String, RpoObjective.Standing> standing = reports.standings(systems);
            changed |= !standing.equals(standings);
            tellOfObjectives(systems, standings, standing);
            standings = standing;
            boolean due =
                    Duration.between(reported, clock.instant()).abs().compareTo(settings.report())
                            >= 0;
            if (changed || due) {
                reported = clock.instant();
                control.report();
            }
            orders.take().forEach(this::order);
            groups.tick();
            link.renewWhenDue().ifPresent(listener::disconnected);
            replicateWhatIsDue(systems);
        } while (pause.goOnAfter(settings.look()));
        groups.close();
        jobs.stopAll(LAST_ACTS);
        link.close();
        jobs.stopAll(LAST_ACTS);
        homecoming.close();
        try {
            line.join(settings.channels().connect());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Does one thing without becoming resident: {@code run}, {@code compare} or {@code courier}.
     */
    Outcome<Map<String, String>> once(String verb, String systemId, Map<String, String> arguments) {
        freezer.thawLeftOvers();
        presences.tidy(home.system(systemId).stream().toList());
        rates = home.rates().result().orElse(rates);
        Outcome<Map<String, String>> result =
                desk.order(new Orders.Order("", verb, systemId, arguments)).result().join();
        link.close();
        homecoming.close();
        return result;
    }

    /**
     * Ends {@link #run} in good order; what was transferred so far is kept for the next time.
     * Idempotent.
     */
    @Override
    public void close() {
        pause.stop();
        // Work that runs without a resident has nobody else who ends it.
        jobs.cancelAll();
        control.close();
    }

    private void tellOfObjectives(
            List<ProtectedSystem> systems,
            Map<String, RpoObjective.Standing> before,
            Map<String, RpoObjective.Standing> now) {
        for (ProtectedSystem system : systems) {
            if (now.get(system.id()) != before.get(system.id())) {
                reports.standing(system, clock.instant())
                        .flatMap(state -> state.explanation(system.name()))
                        .ifPresent(why -> listener.objective(system.id(), why));
            }
        }
    }

    private void replicateWhatIsDue(List<ProtectedSystem> systems) {
        List<Planner.Candidate> idle =
                systems.stream()
                        .filter(system -> free(system.id()))
                        .map(system -> new Planner.Candidate(system, home.times(system.id())))
                        .toList();
        scheduled.removeIf(job -> job.result().isDone());
        for (ProtectedSystem system : planner.toStart(idle, scheduled.size(), clock.instant())) {
            scheduled.add(desk.replicate(system.id(), trigger(system), (_, _, _) -> {}));
        }
    }

    private Trigger trigger(ProtectedSystem system) {
        boolean again = home.times(system.id()).failures() > 0;
        boolean continuous = system.plan().schedule().mode() == Schedule.Mode.CONTINUOUS;
        return again ? Trigger.AGAIN : continuous ? Trigger.CONTINUOUS : Trigger.SCHEDULE;
    }

    private boolean free(String systemId) {
        boolean busy = jobs.of(systemId).filter(what -> !what.equals(Comparisons.WHAT)).isPresent();
        return !busy
                && !control.twin()
                && !presences.gone(systemId)
                && !home.state(systemId).lockedOut();
    }

    private void command(Message.Command command) {
        Work.Steps steps =
                (phase, done, total) -> control.progress(command.id(), phase, done, total);
        desk.command(command, steps)
                .result()
                .thenAccept(result -> control.result(command.id(), result));
    }

    private void order(Orders.Order order) {
        desk.order(order).result().thenAccept(result -> orders.answer(order.id(), result));
    }

    private void report() {
        control.report();
    }

    private AgentReport agentReport() {
        return reports.report(
                host,
                product,
                targets.get().keySet().stream().sorted().toList(),
                presences,
                jobs,
                work,
                control.language());
    }
}
