package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.OperationState;
import org.standfest.management.StepState;
import org.standfest.management.SystemState;
import org.standfest.probe.GoneRule;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Course;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.RecoveryEvent;
import org.standfest.recovery.StepRun;
import org.standfest.recovery.Told;
import org.standfest.recovery.Transitions;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What goes wrong elsewhere, each test with its number in the list of the field's pains. */
class FieldPainsTest {

    private static final String SYSTEM = SimulatedWorld.SYSTEM;

    private final SimulatedWorld world = new SimulatedWorld();
    private List<PartnerStep> partners = List.of();
    private int operations;

    private RecoveryEngine engine() {
        StandbyPlans plans =
                new StandbyPlans(
                        world,
                        world::witnesses,
                        new GoneRule(2),
                        world,
                        world,
                        world,
                        new SimulatedPrimary(world),
                        world::sleep,
                        () -> partners);
        RecoveryEngine engine =
                new RecoveryEngine(
                        world,
                        world.chronicle(),
                        plans,
                        world,
                        Runnable::run,
                        world::sleep,
                        () -> "operation-" + ++operations);
        engine.open().orThrow();
        engine.meet(SYSTEM).orThrow();
        return engine;
    }

    private void outage() {
        engine().outage(SYSTEM, "watch", Told.of(SimulatedWorld.broken()), Optional.empty())
                .orThrow();
    }

    private Operation run(PlanKind kind, Map<String, String> facts) {
        engine().begin(SYSTEM, kind, "anna", facts, List.of()).orThrow();
        return course().operation().orElseThrow();
    }

    private Course course() {
        return world.files.get(SYSTEM);
    }

    private SystemState word() {
        return course().state().word();
    }

    private Map<String, String> machine() {
        return Map.of(
                Facts.MACHINE,
                Transitions.machine(course().state()).orElseThrow(),
                Facts.AGENT,
                "agent-new");
    }

    @Test
    void pain03AStepThatDidNotHappenIsNeverGreen() {
        outage();
        world.emergencyServes = false;
        Operation operation = run(PlanKind.ACTIVATION, Map.of());
        assertEquals(OperationState.FAILED, operation.state());
        assertTrue(operation.steps().stream().noneMatch(s -> s.state() == StepState.DONE));
    }

    @Test
    void pain04ARehearsalRunsFromThePoolAndNeverTouchesAHealthyPrimary() {
        world.primaryAlive = true;
        world.users();
        Set<Integer> before = new HashSet<>(world.primaryData);
        Operation operation = run(PlanKind.REHEARSAL, Map.of(Facts.MACHINE, "rehearsal-1"));
        assertEquals(OperationState.SUCCEEDED, operation.state());
        assertTrue(world.primaryAlive);
        assertTrue(world.primaryData.containsAll(before));
        assertEquals(1, world.epoch, "nobody is locked out by an exercise");
        assertTrue(world.holds.isEmpty());
    }

    @Test
    void pain05AnImageThatWasStartedBeforeIsStartedAgain() {
        outage();
        run(PlanKind.ACTIVATION, Map.of());
        run(PlanKind.UNDO, machine());
        assertEquals(SystemState.OUTAGE, word());
        assertEquals(OperationState.SUCCEEDED, run(PlanKind.ACTIVATION, Map.of()).state());
        assertEquals(1, world.running.size());
    }

    @Test
    void pain06TheWholeRoundTripCanBeWalkedTwice() {
        for (int round = 1; round <= 2; round++) {
            world.homeRunning = false;
            outage();
            run(PlanKind.ACTIVATION, Map.of());
            world.users();
            assertEquals(OperationState.SUCCEEDED, run(PlanKind.RETURN, machine()).state());
            assertEquals(SystemState.NORMAL_OPERATION, word());
            assertTrue(world.homeData.containsAll(world.emergencyData), "round " + round);
            assertTrue(world.holds.isEmpty());
        }
    }

    @Test
    void pain09NothingIsStartedByARestartOfTheStandby() {
        outage();
        run(PlanKind.ACTIVATION, Map.of());
        int starts = world.starts;
        world.running.clear();
        world.primaryAlive = true;
        RecoveryEngine again = engine();
        again.resume();
        again.happened(
                        SYSTEM,
                        "watch",
                        new RecoveryEvent.EmergencyTrouble(
                                Optional.of(Told.of(SimulatedWorld.broken()))))
                .orThrow();
        again.resume();
        assertEquals(starts, world.starts);
        assertTrue(world.running.isEmpty());
    }

    @Test
    void pain23AnAddressThatSomebodyHoldsStopsTheStartAndTheWitnessIsShown() {
        outage();
        world.primaryAlive = true;
        Operation operation = run(PlanKind.ACTIVATION, Map.of());
        assertEquals(OperationState.REFUSED, operation.state());
        assertTrue(
                operation.witnesses().stream()
                        .anyMatch(one -> one.answer() == Verdict.Answer.POSITIVE));
        assertEquals(0, world.starts);
    }

    /** A partner's step that writes down what happens to it. */
    private static final class Announcement implements PartnerStep {

        private final List<String> acts = new ArrayList<>();
        private final boolean slow;

        Announcement(boolean slow) {
            this.slow = slow;
        }

        @Override
        public String id() {
            return "partner-announcement";
        }

        @Override
        public String name(Locale locale) {
            return "Announce";
        }

        @Override
        public Set<PlanKind> plans() {
            return Set.of(PlanKind.ACTIVATION);
        }

        @Override
        public Place place() {
            return Place.BEFORE_TEST;
        }

        @Override
        public Duration limit() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Outcome<Void> execute(StepRun run) {
            acts.add("execute");
            for (int i = 0; slow && i < 100_000; i++) {
                if (run.cancelled()) {
                    return run.cancelledOutcome();
                }
            }
            return Outcome.done();
        }

        @Override
        public Outcome<Void> undo(StepRun run) {
            acts.add("undo");
            return Outcome.done();
        }
    }

    @Test
    void aPartnersStepStandsAtItsPlaceAndIsTakenBackWhenTheServiceIsNotSeen() {
        outage();
        Announcement announcement = new Announcement(false);
        partners = List.of(announcement);
        world.emergencyServes = false;
        Operation operation = run(PlanKind.ACTIVATION, Map.of());
        List<String> ids = operation.steps().stream().map(Operation.StepEntry::id).toList();
        assertEquals(ids.indexOf("test") - 1, ids.indexOf("partner-announcement"));
        assertEquals(List.of("execute", "undo"), announcement.acts);
        assertEquals(SystemState.OUTAGE, word());
    }

    @Test
    void aStepThatTakesTooLongIsGivenUpAndTakenBack() {
        outage();
        partners = List.of(new Announcement(true));
        Operation operation = run(PlanKind.ACTIVATION, Map.of());
        assertEquals(OperationState.FAILED, operation.state());
        assertEquals("recovery.step-late", operation.problem().orElseThrow().code());
        assertEquals(SystemState.OUTAGE, word());
        assertTrue(world.running.isEmpty());
    }

    @Test
    void anOperationWhoseStepHasGoneIsNotCalledDone() {
        outage();
        partners = List.of(new Announcement(false));
        world.emergencyServes = true;
        int tick = 1;
        boolean waiting = false;
        while (!waiting) {
            world.files.clear();
            world.holds.clear();
            world.overlays.clear();
            world.running.clear();
            outage();
            world.at(tick++, SimulatedWorld.Trouble.DIE_AFTER);
            try {
                run(PlanKind.ACTIVATION, Map.of());
            } catch (ProcessDeath _) {
                world.calm();
            }
            waiting =
                    course().operation()
                            .filter(
                                    some ->
                                            some.steps().stream()
                                                    .anyMatch(
                                                            one ->
                                                                    one.id().equals("overlay")
                                                                            && one.state()
                                                                                    == StepState
                                                                                            .DONE))
                            .isPresent();
        }
        partners = List.of();
        engine().resume();
        Operation operation = course().operation().orElseThrow();
        assertFalse(operation.state() == OperationState.SUCCEEDED, "" + operation.state());
        assertEquals(SystemState.BLOCKED, word());
    }
}
