package org.standfest.standby;

import org.standfest.management.EmergencyPointList;
import org.standfest.management.PointInfo;
import org.standfest.management.Reason;
import org.standfest.recovery.Course;
import org.standfest.recovery.RecoveryState;
import org.standfest.replication.engine.Basis;
import org.standfest.replication.engine.BasisFolder;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.InProcessLine;
import org.standfest.replication.engine.ReplicateHandler;
import org.standfest.replication.engine.RestoreView;
import org.standfest.replication.engine.SessionMemory;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.SessionWork;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes recovery points of what an emergency machine writes, so that emergency operation is not
 * without them: of the running machine, into this pool, as points of a system of their own, since
 * the system's newest point lies under the machine and must not change. They outlive the emergency
 * machine; nothing here removes them but the retention rule of that name. Safe for any thread.
 *
 * <p>If there is a second standby each goes there as well, from the same instant.
 *
 * <p>While anything is under way with the machine none are made, and one at work gives way: a
 * return opens the same disks and tracks the machine's changes itself.
 */
final class EmergencyPoints {

    /** What a system's emergency points are called in the pool: its id and this. */
    private static final String SUFFIX = ".emergency";

    private static final Duration EVERY = Duration.ofMinutes(15);
    private static final int MOST = 256;

    private final StandbyServer standby;
    private final EmergencySource source;
    private final PoolFiles files;
    private final Map<String, Instant> begun = new ConcurrentHashMap<>();
    private final Map<String, Explanation> problems = new ConcurrentHashMap<>();
    private final Map<String, Explanation> notSecond = new ConcurrentHashMap<>();
    private final SecondStandby second;
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    EmergencyPoints(StandbyServer standby, EmergencySource source, PoolFiles files) {
        this.standby = standby;
        this.second = SecondStandby.of(standby.home(), files);
        this.source = source;
        this.files = files;
    }

    /** Under which name the pool keeps the points of a system's emergency operation. */
    static String poolId(String systemId) {
        return systemId + SUFFIX;
    }

    /** Whether what the pool calls a system is such points of another one. */
    static boolean isOne(String poolId, ImagePool pool) {
        return poolId.endsWith(SUFFIX)
                && pool.system(poolId.substring(0, poolId.length() - SUFFIX.length())).isPresent();
    }

    /** Breaks off what is at work; the next standby compares with the pool and goes on. */
    void stop() {
        stopping = true;
    }

    /** Begins one for every system that serves here and has had none for a while. */
    void tick() {
        Instant now = standby.now();
        for (Course course : standby.engine().courses().values()) {
            String id = course.systemId();
            if (!second.there() || !serves(course)) {
                notSecond.remove(id);
            }
            Instant last = begun.getOrDefault(id, course.since());
            if (machine(course).isPresent() && !last.plus(EVERY).isAfter(now)) {
                begin(course);
            }
        }
    }

    private static boolean serves(Course course) {
        return course.state() instanceof RecoveryState.EmergencyOperation;
    }

    /** The machine that serves, unless something is under way with it. */
    private static Optional<String> machine(Course course) {
        return !course.busy()
                        && course.state()
                                instanceof
                                RecoveryState.EmergencyOperation(String machine, boolean down, _)
                        && !down
                ? Optional.of(machine)
                : Optional.empty();
    }

    /** Whether a point of this machine must not be begun, and one at work must break off. */
    static boolean givesWay(Course course, String machine) {
        return !machine(course).equals(Optional.of(machine));
    }

    private boolean breaksOff(String systemId, String machine) {
        return stopping
                || standby.engine()
                        .course(systemId)
                        .result()
                        .filter(course -> !givesWay(course, machine))
                        .isEmpty();
    }

    Outcome<EmergencyPointList> make(Course course, Locale language) {
        if (machine(course).isEmpty()) {
            return Outcome.refused(StandbyTexts.explain("standby.no-emergency", course.systemId()));
        }
        begin(course);
        return Outcome.done(list(course, language));
    }

    private void begin(Course course) {
        String id = course.systemId();
        if (atWork.add(id)) {
            begun.put(id, standby.now());
            String machine = machine(course).orElseThrow();
            standby.background().run(() -> work(id, machine));
        }
    }

    private void work(String systemId, String machine) {
        try {
            Outcome<SessionSender.Sent> made = made(systemId, machine);
            made.problem()
                    .ifPresentOrElse(
                            why -> problems.put(systemId, why), () -> problems.remove(systemId));
            standby.note(
                    "standby",
                    systemId,
                    made.isDone() ? "emergency-point.made" : "emergency-point.failed",
                    made.isDone()
                            ? Map.of("point", made.orThrow().token())
                            : Map.of("why", made.problem().orElseThrow().code()));
        } finally {
            atWork.remove(systemId);
        }
    }

    private Outcome<SessionSender.Sent> made(String systemId, String machine) {
        if (breaksOff(systemId, machine)) {
            return Outcome.refused(StandbyTexts.explain("standby.no-emergency", systemId));
        }
        BasisFolder memory =
                new BasisFolder(standby.home().system(systemId).resolve("emergency-points"));
        Optional<Basis> basis = memory.load();
        return source.open(systemId, machine, basis.map(Basis::token))
                .then(
                        view -> {
                            try (view) {
                                return sent(systemId, machine, view, basis, memory);
                            }
                        });
    }

    private Outcome<SessionSender.Sent> sent(
            String systemId,
            String machine,
            RestoreView view,
            Optional<Basis> basis,
            BasisFolder memory) {
        Map<String, String> description = new HashMap<>(view.snapshot().machine());
        description.put("emergency.machine", machine);
        SessionWork work =
                new SessionWork(
                        "e-" + standby.newId(),
                        poolId(systemId),
                        0,
                        view.snapshot(),
                        view.volumes(),
                        basis,
                        description);
        Cancellation broken = () -> breaksOff(systemId, machine);
        Outcome<SessionSender.Sent> sent = transfer(work, broken);
        sent.result()
                .filter(_ -> second.there())
                .ifPresent(done -> sendOn(systemId, work, done, basis.map(Basis::token), broken));
        view.snapshot().settle(sent.map(done -> kept(memory, done)).result().orElse(GIVEN_UP));
        return sent;
    }

    /** The second standby has it too; that it has not does not undo the point that is here. */
    private void sendOn(
            String systemId,
            SessionWork work,
            SessionSender.Sent sent,
            Optional<String> since,
            Cancellation broken) {
        Instant began = standby.now();
        Outcome<SessionSender.Sent> there = second.send(work, sent, since, broken);
        there.problem()
                .or(() -> tooSlow(systemId, Duration.between(began, standby.now())))
                .ifPresentOrElse(
                        why -> notSecond.put(systemId, why), () -> notSecond.remove(systemId));
        standby.note(
                "standby",
                systemId,
                there.isDone() ? "emergency-point.second" : "emergency-point.not-second",
                there.isDone()
                        ? Map.of("point", there.orThrow().token())
                        : Map.of("why", there.problem().orElseThrow().happened(Locale.ENGLISH)));
    }

    /** The next point here is of a later instant, and begins only when this view is let go. */
    static Optional<Explanation> tooSlow(String systemId, Duration took) {
        return took.compareTo(EVERY) > 0
                ? Optional.of(
                        StandbyTexts.explain(
                                "standby.second-slow",
                                systemId,
                                took.toMinutes(),
                                EVERY.toMinutes()))
                : Optional.empty();
    }

    private static final Settlement GIVEN_UP = new Settlement.Abandoned();

    private static Settlement kept(BasisFolder memory, SessionSender.Sent sent) {
        try {
            memory.save(sent.basis());
            return new Settlement.Committed(sent.token());
        } catch (IOException _) {
            // The next one compares everything with the pool.
            return GIVEN_UP;
        }
    }

    /** As an agent would send it, but within this process. */
    private Outcome<SessionSender.Sent> transfer(SessionWork work, Cancellation broken) {
        InProcessLine line = new InProcessLine(Purpose.REPLICATE, Locale.getDefault());
        Peer.Agent self = new Peer.Agent("standby", Set.of(work.systemId()), false);
        ReplicateHandler handler =
                new ReplicateHandler(
                        standby.pool(),
                        (_, _) -> Outcome.done(),
                        SessionJournal.of(standby),
                        standby::now);
        Thread receiving =
                Thread.ofVirtual()
                        .name("emergency point of " + work.systemId())
                        .start(() -> receive(handler, line.receiver(self)));
        try (Channel end = line.sender(standby.id())) {
            return new SessionSender(files, SessionSender.Settings.STANDARD)
                    .send(end, work, new SessionMemory(), (_, _) -> {}, broken);
        } finally {
            await(receiving);
        }
    }

    private static void receive(ReplicateHandler handler, Channel channel) {
        try (channel) {
            handler.serve(channel);
        } catch (ChannelException _) {
            // What became of it the sending side says.
            return;
        }
    }

    private static void await(Thread receiving) {
        try {
            receiving.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The points there are, and how the last attempt went. */
    EmergencyPointList list(Course course, Locale language) {
        String id = course.systemId();
        return new EmergencyPointList(
                id,
                poolId(id),
                atWork.contains(id),
                standby.desk().points(poolId(id)).result().orElse(List.of()).stream()
                        .sorted(Comparator.comparing(PointInfo::takenAt).reversed())
                        .limit(MOST)
                        .toList(),
                Optional.ofNullable(problems.get(id))
                        .or(() -> Optional.ofNullable(notSecond.get(id)))
                        .map(why -> Reason.of(why, language)));
    }
}
