package org.standfest.standby;

import org.standfest.management.MeasuredTimes;
import org.standfest.management.Role;
import org.standfest.probe.GoneRule;
import org.standfest.recovery.Course;
import org.standfest.recovery.FileCourseStore;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.Transitions;
import org.standfest.recovery.journal.Journal;
import org.standfest.recovery.plans.StandbyPlans;
import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.engine.groups.GroupCoordinator;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.Right;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.replication.transport.StandbyListener;
import org.standfest.results.Outcome;
import org.standfest.standby.care.Care;
import org.standfest.trust.Authority;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A running standby: everything wired together. Got from {@link #start}; ends by {@link #stop} or
 * by a management call. Safe for any thread.
 */
public final class StandbyServer {

    /** Version of the product. */
    public static final String VERSION = "1.0.0";

    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    static final int INDEPENDENT_WITNESSES = 2;

    private final StandbyHome home;
    private final Partners partners;
    private final Timekeeper time = new Timekeeper();
    private final SecureRandom random = new SecureRandom();
    private final PoolFiles files = new LocalPoolFiles();
    private final Background background = new Background();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Closeable lock;
    private final Journal journal;
    private final SystemRecords records;
    private final Authority authority;
    private final ImagePool pool;
    private final HypervisorMachines machines;
    private final ProbedService service;
    private final AgentLines lines;
    private final ProtectedSystems protections;
    private final GroupCoordinator groups;
    private final RecoveryEngine engine;
    private final Watch watch;
    private final ReplicationDesk replications;
    private final StandbyDesk desk;
    private final RecoveryDesk recoveries;
    private final ReplacementDesk replacements;
    private final People people;
    private final StandbyListener listener;
    private final Care care;
    private final Thread carer;
    private final Thread watcher;
    private volatile InetSocketAddress address;
    private boolean stopped;

    private StandbyServer(StandbyHome home, Partners partners, OpenedHome opened) {
        this.home = home;
        this.partners = partners;
        this.lock = opened.lock();
        this.journal = opened.journal();
        this.authority = opened.authority();
        this.pool = opened.pool();
        Clock clock = time.clock();
        this.records = new SystemRecords(home);
        this.machines = new HypervisorMachines(home, pool, records, partners, FreePorts::any);
        this.service = new ProbedService(records, partners);
        GroupRuns runs = new GroupRuns();
        this.lines =
                new AgentLines(
                        (agent, systemId) -> authority.claim(agent.id(), systemId),
                        status -> background.run(() -> reported(status)),
                        clock,
                        runs);
        this.protections = new ProtectedSystems(lines, records, pool);
        this.groups = runs.over(lines, pool, clock, random);
        PoolImages images = new PoolImages(pool);
        AgentHome landing = new AgentHome(lines, records, authority::claim, time);
        this.replacements =
                new ReplacementDesk(home, partners, protections, () -> engine().courses(), time);
        StandbyPlans plans =
                new StandbyPlans(
                        images,
                        new AskedWitnesses(
                                records, partners, machines, protections::agentOf, this::outage),
                        new GoneRule(INDEPENDENT_WITNESSES),
                        machines,
                        service,
                        landing,
                        new AgentPrimary(lines, landing, images::epochOrFirst),
                        time,
                        replacements.before(new Announcing(home, records, partners, journal)));
        this.engine = recovering(plans);
        this.watch =
                new Watch(
                        engine,
                        records,
                        service,
                        machines,
                        protections::agentOf,
                        clock,
                        time,
                        background::run);
        this.replications =
                new ReplicationDesk(
                        lines,
                        protections::agentOf,
                        records,
                        images::epochOrFirst,
                        protections::replicated,
                        clock,
                        this::newId);
        this.care = new Care(carePorts());
        this.desk = new StandbyDesk(this);
        this.recoveries = new RecoveryDesk(this, plans, time);
        this.people = new People(home, authority, this::write, this::disconnect);
        this.listener = listener();
        this.carer = Background.loop("care", care::watch);
        this.watcher = Background.loop("watch", watch::run);
    }

    private RecoveryEngine recovering(StandbyPlans plans) {
        return new RecoveryEngine(
                new FileCourseStore(home.systems()),
                (who, systemId, what, details) -> journal.append(who, systemId, what, details),
                plans,
                time.clock(),
                background.threads(),
                time,
                () -> "op-" + newId());
    }

    private Care.Ports carePorts() {
        return new Care.Ports(
                pool,
                home.folder(),
                lines,
                protections::agentOf,
                authority::peers,
                time.clock(),
                time,
                background.threads(),
                this::newId,
                this::write,
                new AgentCouriers(authority),
                groups);
    }

    private StandbyListener listener() {
        Clock clock = time.clock();
        return new StandbyListener(
                authority.standbyId(),
                authority.serverContext(),
                authority::admit,
                new Reception(this, authority, lines, groups, files, clock).handlers(),
                ChannelSettings.standard(),
                clock,
                new TransportJournal(this::note, clock));
    }

    /**
     * Starts a standby.
     *
     * @return the running standby; refused when another process has its home open, failed when
     *     something cannot be read or the port is taken
     */
    public static Outcome<StandbyServer> start(StandbySettings settings, Partners partners) {
        StandbyHome home = new StandbyHome(settings.home());
        return OpenedHome.open(home)
                .map(opened -> new StandbyServer(home, partners, opened))
                .then(server -> server.begin(settings));
    }

    private Outcome<StandbyServer> begin(StandbySettings settings) {
        Outcome<StandbyServer> begun =
                engine.open()
                        .then(_ -> care.open())
                        .then(_ -> meetSystems())
                        .then(_ -> people.firstOperator())
                        .then(
                                _ ->
                                        listener.start(
                                                new InetSocketAddress(
                                                        settings.bind(), settings.port())))
                        .then(this::listening)
                        .then(_ -> write("standby", "", "standby.started", Map.of()))
                        .map(_ -> this);
        if (!begun.isDone()) {
            stop(false);
            return begun;
        }
        engine.resume();
        watcher.start();
        carer.start();
        background.run(machines.newest()::anyHypervisor);
        background.run(recoveries::watch);
        return begun;
    }

    private Outcome<Void> meetSystems() {
        for (String id : desk.systemIds()) {
            records.load(id);
            engine.meet(id);
        }
        return Outcome.done();
    }

    private Outcome<Void> listening(InetSocketAddress bound) {
        address = bound;
        return LocalOperator.keep(home, authority, bound, time.clock(), random)
                .then(_ -> home.tellPort(bound.getPort()));
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** Waits until it has ended. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /**
     * Stops it: no more connections, operations stop where they can be resumed, the pool is closed.
     * Emergency machines go on unless asked otherwise. Idempotent; never throws.
     */
    public synchronized void stop(boolean machinesToo) {
        if (stopped) {
            return;
        }
        stopped = true;
        watch.stop();
        recoveries.stop();
        listener.close();
        try {
            if (watcher.isAlive()) {
                watcher.join(STOP_LIMIT);
            }
            care.stop(STOP_LIMIT);
            carer.interrupt();
            engine.stop(STOP_LIMIT);
            // What is at work must not write into a home that another process may open now.
            background.stop(STOP_LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (machinesToo) {
            engine.courses().values().forEach(this::endMachine);
        }
        pool.close();
        note("standby", "", "standby.stopped", Map.of());
        PrivateFiles.remove(home.port());
        HomeLock.giveBack(lock);
        ended.countDown();
    }

    private void endMachine(Course course) {
        Transitions.machine(course.state())
                .ifPresent(
                        machine -> {
                            machines.shutDown(course.systemId(), machine);
                            machines.end(course.systemId(), machine);
                        });
    }

    private void reported(AgentStatus status) {
        protections.reported(status, engine::meet);
        care.reported(status);
    }

    private MeasuredTimes outage(String systemId) {
        return engine.course(systemId).map(Course::measured).result().orElse(MeasuredTimes.NONE);
    }

    Background background() {
        return background;
    }

    ProtectedSystems protections() {
        return protections;
    }

    Optional<Instant> lastPositive(String systemId) {
        return watch.lastPositive(systemId);
    }

    /** What a system's settings say has changed: it is looked at anew. */
    void configured(String systemId) {
        watch.lookSoon(systemId);
        recoveries.changed(systemId);
    }

    Outcome<Void> stopLater(String who, boolean machinesToo) {
        return write(who, "", "stop.asked", Map.of("machinesToo", "" + machinesToo))
                .then(
                        _ -> {
                            Thread.ofPlatform()
                                    .name("standby-stop")
                                    .start(() -> later(machinesToo));
                            return Outcome.done();
                        });
    }

    /** The answer to whoever asked must be out first. */
    private void later(boolean machinesToo) {
        try {
            time.sleep(Duration.ofMillis(200));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        stop(machinesToo);
    }

    /** Writes an act down that must not happen otherwise. */
    Outcome<Void> write(String who, String systemId, String what, Map<String, String> details) {
        try {
            journal.append(who, systemId, what, details);
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-write", fault.getMessage()), fault);
        }
    }

    /** Writes something down that has happened already, as far as that is possible. */
    void note(String who, String systemId, String what, Map<String, String> details) {
        write(who, systemId, what, details);
    }

    static Role role(Right right) {
        return Role.valueOf(right.name());
    }

    String newId() {
        return Long.toString(Math.abs(random.nextLong()), 36);
    }

    Instant now() {
        return time.clock().instant();
    }

    String id() {
        return authority.standbyId();
    }

    People people() {
        return people;
    }

    private void disconnect(String peerId) {
        listener.disconnect(peerId);
    }

    StandbyHome home() {
        return home;
    }

    Partners partners() {
        return partners;
    }

    Journal journal() {
        return journal;
    }

    SystemRecords records() {
        return records;
    }

    ImagePool pool() {
        return pool;
    }

    RecoveryDesk recoveries() {
        return recoveries;
    }

    StandbyDesk desk() {
        return desk;
    }

    Care care() {
        return care;
    }

    ReplacementDesk replacements() {
        return replacements;
    }

    HypervisorMachines machines() {
        return machines;
    }

    RecoveryEngine engine() {
        return engine;
    }

    ReplicationDesk replications() {
        return replications;
    }
}
