package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.OperationState;
import org.standfest.management.StepState;
import org.standfest.management.SystemState;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.RecoveryEvent;
import org.standfest.recovery.Told;
import org.standfest.recovery.plans.SimulatedWorld.Trouble;
import org.standfest.results.Outcome;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What goes wrong elsewhere, each test with its number in the list of the field's pains. */
class FieldPainsTest {

    private static final String SYSTEM = SimulatedWorld.SYSTEM;

    private final SimulatedWorld world = new SimulatedWorld();
    private final SimulatedStandby standby = new SimulatedStandby(world);

    @Test
    void pain01APrimaryThatIsAliveIsNeverDoubled() {
        standby.outage();
        world.primaryAlive = true;
        standby.engine()
                .begin(SYSTEM, PlanKind.ACTIVATION, "anna", Map.of(), List.of("gone.alive"))
                .orThrow();
        Operation operation = standby.operation();
        assertEquals(OperationState.REFUSED, operation.state());
        assertEquals(SystemState.OUTAGE, standby.word());
        assertEquals(0, world.starts);
        assertEquals("gone.alive", operation.problem().orElseThrow().code());
    }

    @Test
    void pain01APrimaryThatComesBackWhileTheStandbyWasDownIsSeenBeforeTheStart() {
        SimulatedStandby died;
        int tick = 1;
        do {
            died = SimulatedStandby.prepared(PlanKind.ACTIVATION);
            assertTrue(died.dies(PlanKind.ACTIVATION, tick++, Trouble.DIE_AFTER));
        } while (!died.stands("start", state -> state == StepState.RUNNING));
        died.world.now += 3_600_000;
        died.world.primaryAlive = true;
        died.engine().resume();
        assertEquals(0, died.world.starts);
        assertEquals(SystemState.OUTAGE, died.word());
    }

    @Test
    void pain02APlannedSwitchShutsThePrimaryDownAndLosesNothing() {
        world.primaryAlive = true;
        world.users();
        standby.finish(PlanKind.SWITCH);
        assertEquals(SystemState.EMERGENCY_OPERATION, standby.word());
        assertFalse(world.primaryAlive);
        assertTrue(world.emergencyData.containsAll(world.primaryData));
        assertTrue(world.primaryData.size() >= 2, "users wrote until the shutdown");
    }

    @Test
    void pain02TheEmergencyWayNeverTouchesALivePrimaryAndThePlannedOneNeedsIt() {
        standby.outage();
        assertInstanceOf(
                Outcome.Refused.class,
                standby.engine().begin(SYSTEM, PlanKind.SWITCH, "anna", Map.of(), List.of()));
        SimulatedStandby healthy = SimulatedStandby.prepared(PlanKind.SWITCH);
        assertInstanceOf(
                Outcome.Refused.class,
                healthy.engine().begin(SYSTEM, PlanKind.ACTIVATION, "anna", Map.of(), List.of()));
        assertTrue(healthy.world.primaryAlive);
    }

    @Test
    void pain03AMachineThatDoesNotServeIsNoSuccess() {
        standby.outage();
        world.emergencyServes = false;
        Operation operation = standby.finish(PlanKind.ACTIVATION);
        assertEquals(OperationState.FAILED, operation.state());
        assertEquals("plan.no-service", operation.problem().orElseThrow().code());
        assertEquals(SystemState.OUTAGE, standby.word());
        assertTrue(world.running.isEmpty());
        assertTrue(world.holds.isEmpty());
    }

    @Test
    void pain03AStepThatDidNotHappenIsNeverGreen() {
        standby.outage();
        world.emergencyServes = false;
        Operation operation = standby.finish(PlanKind.ACTIVATION);
        assertEquals(OperationState.FAILED, operation.state());
        assertTrue(operation.steps().stream().noneMatch(s -> s.state() == StepState.DONE));
    }

    @Test
    void pain04ARehearsalRunsFromThePoolAndNeverTouchesAHealthyPrimary() {
        world.primaryAlive = true;
        world.users();
        Set<Integer> before = new HashSet<>(world.primaryData);
        Operation operation = standby.finish(PlanKind.REHEARSAL);
        assertEquals(OperationState.SUCCEEDED, operation.state());
        assertTrue(world.primaryAlive);
        assertTrue(world.primaryData.containsAll(before));
        assertEquals(1, world.epoch, "nobody is locked out by an exercise");
        assertTrue(world.holds.isEmpty());
    }

    @Test
    void pain05AnImageThatWasStartedBeforeIsStartedAgain() {
        standby.outage();
        standby.finish(PlanKind.ACTIVATION);
        standby.finish(PlanKind.UNDO);
        assertEquals(SystemState.OUTAGE, standby.word());
        assertEquals(OperationState.SUCCEEDED, standby.finish(PlanKind.ACTIVATION).state());
        assertEquals(1, world.running.size());
    }

    @Test
    void pain06TheWholeRoundTripCanBeWalkedTwice() {
        for (int round = 1; round <= 2; round++) {
            world.homeRunning = false;
            standby.outage();
            standby.finish(PlanKind.ACTIVATION);
            world.users();
            assertEquals(OperationState.SUCCEEDED, standby.finish(PlanKind.RETURN).state());
            assertEquals(SystemState.NORMAL_OPERATION, standby.word());
            assertTrue(world.homeData.containsAll(world.emergencyData), "round " + round);
            assertTrue(world.holds.isEmpty());
        }
    }

    @Test
    void pain09NothingIsStartedByARestartOfTheStandby() {
        standby.outage();
        standby.finish(PlanKind.ACTIVATION);
        int starts = world.starts;
        world.running.clear();
        world.primaryAlive = true;
        RecoveryEngine again = standby.engine();
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
        standby.outage();
        world.primaryAlive = true;
        Operation operation = standby.finish(PlanKind.ACTIVATION);
        assertEquals(OperationState.REFUSED, operation.state());
        assertTrue(
                operation.witnesses().stream()
                        .anyMatch(one -> one.answer() == Verdict.Answer.POSITIVE));
        assertEquals(0, world.starts);
    }
}
