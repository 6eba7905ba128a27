package org.standfest.standby;

import org.standfest.management.Action;
import org.standfest.management.VerificationPlan;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Course;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.Possibilities;
import org.standfest.recovery.RecoveryState;
import org.standfest.recovery.plans.BootReport;
import org.standfest.recovery.plans.ServiceTest;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.RecoveryPoint;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Proves by itself that images start, as the settings say: after each replication, or at times of
 * the day. One at a time, never beside an outage or an operation of any system; one that is at work
 * when trouble comes makes room. A time that was missed by less than six hours is made up for.
 *
 * <p>Ticked by one thread.
 */
final class VerificationClock {

    /** Who asked, in the journal and in the operation. */
    static final String WHO = "schedule";

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LATE = Duration.ofHours(6);

    private final Ports ports;

    /** What was begun since the standby started: an attempt without a report is one too. */
    private final Map<String, Begun> begun = new HashMap<>();

    private Instant next = Instant.MIN;

    private record Begun(Instant at, Optional<String> point) {}

    VerificationClock(Ports ports) {
        this.ports = ports;
    }

    /**
     * What it sees and does.
     *
     * @param clock the standby's clock
     * @param zone of the times in the settings
     * @param courses all systems
     * @param plan when a system's image is to be proved
     * @param newestPoint id of a system's newest recovery point
     * @param newestProof a system's newest isolated start, whatever came of it
     * @param service tests a system's service at its primary
     * @param begin begins an isolated start if that is possible
     * @param cancel ends an operation
     */
    record Ports(
            InstantSource clock,
            ZoneId zone,
            Supplier<Map<String, Course>> courses,
            Function<String, VerificationPlan> plan,
            Function<String, Optional<String>> newestPoint,
            Function<String, Optional<BootReport>> newestProof,
            ServiceTest service,
            Consumer<Course> begin,
            Consumer<String> cancel) {

        /** Those of a standby. */
        static Ports of(StandbyServer standby, ProofShelf proofs) {
            return new Ports(
                    standby::now,
                    ZoneId.systemDefault(),
                    standby.engine()::courses,
                    id -> standby.records().settings(id).verification(),
                    id ->
                            standby.pool()
                                    .system(id)
                                    .flatMap(PooledSystem::newest)
                                    .map(RecoveryPoint::id),
                    proofs::newest,
                    new ProbedService(standby.records(), standby.partners()),
                    course -> begin(standby, course),
                    operation -> standby.engine().cancel(operation, WHO));
        }

        private static void begin(StandbyServer standby, Course course) {
            String id = course.systemId();
            if (Possibilities.whyNot(Action.REHEARSE, course, standby.desk().circumstances(id))
                    .isEmpty()) {
                standby.engine().begin(id, PlanKind.REHEARSAL, WHO, Map.of(), List.of());
            }
        }
    }

    /** Looks whether something is due; cheap when it was asked a moment ago. */
    void tick() {
        Instant now = ports.clock().instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        List<Course> courses = List.copyOf(ports.courses().get().values());
        Optional<Course> atWork = courses.stream().filter(VerificationClock::isMine).findFirst();
        if (atWork.isPresent()) {
            makeRoom(atWork.get(), courses);
        } else if (courses.stream().noneMatch(VerificationClock::isTroubled)) {
            courses.stream()
                    .filter(course -> due(course.systemId(), now))
                    .min(Comparator.comparing(course -> lastTried(course.systemId())))
                    .ifPresent(course -> begin(course, now));
        }
    }

    /** A beginning that was refused is none: it is asked for again. */
    private void begin(Course course, Instant now) {
        String id = course.systemId();
        Begun attempt = new Begun(now, ports.newestPoint().apply(id));
        Optional<String> last = operation(course);
        ports.begin().accept(course);
        Course after = ports.courses().get().get(id);
        if (after != null && !operation(after).equals(last)) {
            begun.put(id, attempt);
        }
    }

    private static Optional<String> operation(Course course) {
        return course.operation().map(Operation::id);
    }

    private static boolean isMine(Course course) {
        return course.busy()
                && course.operation()
                        .filter(
                                one ->
                                        one.kind() == PlanKind.REHEARSAL
                                                && one.requestedBy().equals(WHO))
                        .isPresent();
    }

    /** A block waits for a person, maybe for weeks; emergency operation may last as long. */
    private static boolean isTroubled(Course course) {
        return course.busy()
                || switch (course.state()) {
                    case RecoveryState.NormalOperation _,
                            RecoveryState.EmergencyOperation _,
                            RecoveryState.Blocked _ ->
                            false;
                    case RecoveryState.Outage _,
                            RecoveryState.Restart _,
                            RecoveryState.Switching _,
                            RecoveryState.Restoration _,
                            RecoveryState.Return _,
                            RecoveryState.Rehearsal _ ->
                            true;
                };
    }

    /** The watch does not look at a system that is being rehearsed, so it is looked at here. */
    private void makeRoom(Course mine, List<Course> courses) {
        boolean elsewhere = courses.stream().anyMatch(one -> one != mine && isTroubled(one));
        boolean here =
                ports.service()
                        .test(mine.systemId(), ServiceTest.Place.HOME)
                        .filter(verdict -> verdict.answer() == Verdict.Answer.NEGATIVE)
                        .isPresent();
        if (elsewhere || here) {
            // Nobody gave it up: it is made up for.
            begun.remove(mine.systemId());
            operation(mine).ifPresent(ports.cancel());
        }
    }

    private boolean due(String systemId, Instant now) {
        VerificationPlan plan = ports.plan().apply(systemId);
        if (plan.afterReplication()) {
            Optional<String> proved = ports.newestProof().apply(systemId).map(BootReport::pointId);
            return ports.newestPoint()
                    .apply(systemId)
                    .map(Optional::of)
                    .filter(newest -> !proved.equals(newest))
                    .filter(
                            newest ->
                                    Optional.ofNullable(begun.get(systemId))
                                            .filter(last -> last.point().equals(newest))
                                            .isEmpty())
                    .isPresent();
        }
        return plan.lastDue(now, ports.zone())
                .filter(due -> due.isAfter(now.minus(LATE)))
                .filter(due -> due.isAfter(lastTried(systemId)))
                .isPresent();
    }

    /** When its image was last to be started in isolation, whatever came of it. */
    private Instant lastTried(String systemId) {
        Instant kept =
                ports.newestProof().apply(systemId).map(BootReport::at).orElse(Instant.EPOCH);
        Begun last = begun.get(systemId);
        return last == null || kept.isAfter(last.at()) ? kept : last.at();
    }
}
