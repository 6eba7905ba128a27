package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.management.OperationState;
import org.standfest.management.StepState;
import org.standfest.management.SystemState;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.StepRun;
import org.standfest.recovery.Told;
import org.standfest.recovery.plans.SimulatedWorld.Trouble;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Partners' steps: at their place, in their time, and gone in the middle of an operation. */
class PartnerStepTest {

    private final SimulatedWorld world = new SimulatedWorld();
    private final SimulatedStandby standby = new SimulatedStandby(world);

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
        standby.outage();
        Announcement announcement = new Announcement(false);
        standby.partners(announcement);
        world.emergencyServes = false;
        Operation operation = standby.finish(PlanKind.ACTIVATION);
        List<String> ids = operation.steps().stream().map(Operation.StepEntry::id).toList();
        assertEquals(ids.indexOf("test") - 1, ids.indexOf("partner-announcement"));
        assertEquals(List.of("execute", "undo"), announcement.acts);
        assertEquals(SystemState.OUTAGE, standby.word());
    }

    @Test
    void aStepThatTakesTooLongIsGivenUpAndTakenBack() {
        standby.outage();
        standby.partners(new Announcement(true));
        Operation operation = standby.finish(PlanKind.ACTIVATION);
        assertEquals(OperationState.FAILED, operation.state());
        assertEquals("recovery.step-late", operation.problem().orElseThrow().code());
        assertEquals(SystemState.OUTAGE, standby.word());
        assertTrue(world.running.isEmpty());
    }

    /** A partner's step after the stop, for one system only. */
    private record AfterStop(String system, List<String> acts) implements PartnerStep {
        @Override
        public String id() {
            return "partner-after-stop";
        }

        @Override
        public String name(Locale locale) {
            return "Take back";
        }

        @Override
        public Set<PlanKind> plans() {
            return Set.of(PlanKind.UNDO, PlanKind.RETURN);
        }

        @Override
        public Place place() {
            return Place.AFTER_STOP;
        }

        @Override
        public Duration limit() {
            return Duration.ofSeconds(1);
        }

        @Override
        public boolean concerns(String systemId) {
            return system.equals(systemId);
        }

        @Override
        public Outcome<Void> execute(StepRun run) {
            acts.add("execute");
            return Outcome.done();
        }

        @Override
        public Outcome<Void> undo(StepRun run) {
            acts.add("undo");
            return Outcome.done();
        }
    }

    private static List<String> ids(Operation operation) {
        return operation.steps().stream().map(Operation.StepEntry::id).toList();
    }

    @ParameterizedTest
    @CsvSource({"UNDO, stop", "RETURN, shutdown"})
    void whatWasAnnouncedIsTakenBackRightAfterTheEmergencyMachineStopped(
            PlanKind kind, String stop) {
        List<String> acts = new ArrayList<>();
        SimulatedStandby serving = SimulatedStandby.prepared(kind);
        serving.partners(new AfterStop(SimulatedStandby.SYSTEM, acts));
        Operation operation = serving.finish(kind);
        assertEquals(OperationState.SUCCEEDED, operation.state());
        List<String> ids = ids(operation);
        assertEquals(ids.indexOf(stop) + 1, ids.indexOf("partner-after-stop"));
        assertEquals(List.of("execute"), acts);
    }

    @Test
    void aReturnThatFailsAnnouncesTheEmergencyMachineAgain() {
        List<String> acts = new ArrayList<>();
        SimulatedStandby serving = SimulatedStandby.prepared(PlanKind.RETURN);
        serving.partners(new AfterStop(SimulatedStandby.SYSTEM, acts));
        serving.world.homeServes = false;
        serving.finish(PlanKind.RETURN);
        assertEquals(List.of("execute", "undo"), acts);
        assertEquals(SystemState.EMERGENCY_OPERATION, serving.word());
    }

    @Test
    void aStepThatDoesNotConcernASystemIsNotInItsPlans() {
        List<String> acts = new ArrayList<>();
        SimulatedStandby serving = SimulatedStandby.prepared(PlanKind.UNDO);
        serving.partners(new AfterStop("another", acts));
        assertEquals(-1, ids(serving.finish(PlanKind.UNDO)).indexOf("partner-after-stop"));
        assertEquals(List.of(), acts);
    }

    /** An activation with a partner's step, killed when that step or the one before was done. */
    private static SimulatedStandby killedAfter(String step) {
        return killedAfter(step, PlanKind.ACTIVATION, new Announcement(false));
    }

    private static SimulatedStandby killedAfter(String step, PlanKind kind, PartnerStep partner) {
        int tick = 1;
        while (true) {
            SimulatedStandby killed = SimulatedStandby.prepared(kind);
            killed.partners(partner);
            assertTrue(killed.dies(kind, tick++, Trouble.DIE_AFTER));
            if (killed.stands(step, state -> state == StepState.DONE)) {
                killed.partners();
                return killed;
            }
        }
    }

    @Test
    void anOperationWhoseStepHasGoneBeforeItBeganIsTakenBackAndCanBeginAgain() {
        SimulatedStandby killed = killedAfter("overlay");
        killed.engine().resume();
        assertEquals(OperationState.FAILED, killed.operation().state());
        assertEquals("recovery.step-gone", killed.operation().problem().orElseThrow().code());
        assertEquals(SystemState.OUTAGE, killed.word());
        assertTrue(killed.world.running.isEmpty());
        assertEquals(OperationState.SUCCEEDED, killed.finish(PlanKind.ACTIVATION).state());
    }

    @Test
    void whatIsCommittedIsNotTakenBackForAStepThatHasGoneAndGoesOnWhenItIsThereAgain() {
        List<String> acts = new ArrayList<>();
        PartnerStep partner = new AfterStop(SimulatedStandby.SYSTEM, acts);
        SimulatedStandby killed = killedAfter("stop", PlanKind.UNDO, partner);
        killed.engine().resume();
        assertFalse(killed.operation().state().finished());
        assertFalse(killed.operation().backwards());
        assertEquals(List.of(), acts);
        killed.partners(partner);
        killed.engine().resume();
        assertEquals(OperationState.SUCCEEDED, killed.operation().state());
        assertEquals(List.of("execute"), acts);
    }

    @Test
    void anOperationWhoseStepHasGoneAfterItWasDoneIsBlockedWhenItMustBeTakenBackAndAPersonGoesOn() {
        SimulatedStandby killed = killedAfter("partner-announcement");
        killed.world.emergencyServes = false;
        killed.engine().resume();
        assertEquals(OperationState.STUCK, killed.operation().state());
        assertEquals(SystemState.BLOCKED, killed.word());
        killed.engine()
                .unblock(SimulatedStandby.SYSTEM, "anna", !killed.world.running.isEmpty())
                .orThrow();
        assertEquals(SystemState.EMERGENCY_OPERATION, killed.word());
        assertEquals(OperationState.SUCCEEDED, killed.finish(PlanKind.UNDO).state());
    }

    @Test
    void aLateStepSaysWhatItSaidInTheLanguageOfTheReader() {
        standby.outage();
        standby.partners(new Announcement(true));
        Told why = standby.finish(PlanKind.ACTIVATION).problem().orElseThrow();
        assertTrue(why.english().getFirst().contains("cancelled"), why::toString);
        assertTrue(why.german().getFirst().contains("abgebrochen"), why::toString);
        assertFalse(why.german().getFirst().contains("cancelled"), why::toString);
    }
}
