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
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private final StandbyServer standby;
    private final ProofShelf proofs;
    private final ServiceTest service;
    private final ZoneId zone;
    private Instant next = Instant.MIN;

    VerificationClock(StandbyServer standby, ProofShelf proofs, ServiceTest service, ZoneId zone) {
        this.standby = standby;
        this.proofs = proofs;
        this.service = service;
        this.zone = zone;
    }

    /** Looks whether something is due; cheap when it was asked a moment ago. */
    void tick() {
        Instant now = standby.now();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        List<Course> courses = List.copyOf(standby.engine().courses().values());
        Optional<Course> atWork = courses.stream().filter(VerificationClock::isMine).findFirst();
        if (atWork.isPresent()) {
            makeRoom(atWork.get(), courses);
        } else if (courses.stream().noneMatch(VerificationClock::isTroubled)) {
            courses.stream()
                    .filter(course -> due(course.systemId(), now))
                    .min(Comparator.comparing(course -> lastTried(course.systemId())))
                    .ifPresent(this::begin);
        }
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
                service.test(mine.systemId(), ServiceTest.Place.HOME)
                        .filter(verdict -> verdict.answer() == Verdict.Answer.NEGATIVE)
                        .isPresent();
        if (elsewhere || here) {
            mine.operation()
                    .map(Operation::id)
                    .ifPresent(operation -> standby.engine().cancel(operation, WHO));
        }
    }

    private void begin(Course course) {
        String id = course.systemId();
        if (Possibilities.whyNot(Action.REHEARSE, course, standby.desk().circumstances(id))
                .isEmpty()) {
            standby.engine().begin(id, PlanKind.REHEARSAL, WHO, Map.of(), List.of());
        }
    }

    private boolean due(String systemId, Instant now) {
        VerificationPlan plan = standby.records().settings(systemId).verification();
        if (plan.afterReplication()) {
            String newest =
                    standby.pool()
                            .system(systemId)
                            .flatMap(PooledSystem::newest)
                            .map(RecoveryPoint::id)
                            .orElse("");
            return !newest.isEmpty()
                    && !newest.equals(proofs.newest(systemId).map(BootReport::pointId).orElse(""));
        }
        return plan.lastDue(now, zone)
                .filter(due -> due.isAfter(now.minus(LATE)))
                .filter(due -> due.isAfter(lastTried(systemId)))
                .isPresent();
    }

    /** When its image was last started in isolation, whatever came of it. */
    private Instant lastTried(String systemId) {
        return proofs.newest(systemId).map(BootReport::at).orElse(Instant.EPOCH);
    }
}
