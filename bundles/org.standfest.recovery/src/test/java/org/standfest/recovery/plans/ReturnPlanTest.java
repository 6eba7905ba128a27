package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.standfest.recovery.plans.SimulatedStandby.SYSTEM;

import org.junit.jupiter.api.Test;
import org.standfest.management.OperationState;
import org.standfest.management.SystemState;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The way home: whatever goes wrong on it, emergency operation goes on. */
class ReturnPlanTest {

    private final SimulatedStandby standby = SimulatedStandby.prepared(PlanKind.RETURN);
    private final SimulatedWorld world = standby.world;

    @Test
    void aReturnWhosePositiveTestFailsLeavesEmergencyOperationServingWithEverything() {
        world.homeServes = false;
        long epochBefore = world.epoch;
        standby.finish(PlanKind.RETURN);
        assertEquals(SystemState.EMERGENCY_OPERATION, standby.word());
        assertEquals(1, world.running.size());
        assertFalse(world.homeRunning);
        assertTrue(world.epoch >= epochBefore + 2, "the new machine is locked out again");
    }

    @Test
    void aReturnWhoseFinalIncrementFailsLeavesEmergencyOperationServingWithEverything() {
        world.finalFails = true;
        Set<Integer> before = Set.copyOf(world.emergencyData);
        Operation operation = standby.finish(PlanKind.RETURN);
        assertEquals(OperationState.FAILED, operation.state());
        assertEquals(SystemState.EMERGENCY_OPERATION, standby.word());
        assertEquals(Set.of(standby.machine()), world.running);
        assertTrue(world.emergencyData.containsAll(before));
        assertFalse(world.homeRunning);
        world.finalFails = false;
        assertEquals(OperationState.SUCCEEDED, standby.finish(PlanKind.RETURN).state());
        assertTrue(world.homeData.containsAll(world.emergencyData));
    }

    @Test
    void pain19ARehearsalOnTheNewHardwareThatFailsTouchesNothingThere() {
        world.isolatedServes = false;
        Operation operation = standby.finish(PlanKind.RETURN);
        assertEquals(OperationState.FAILED, operation.state());
        assertEquals("plan.no-service", operation.problem().orElseThrow().code());
        assertTrue(world.homeCopy.isEmpty(), "nothing was written on the new machine");
        assertEquals(SystemState.EMERGENCY_OPERATION, standby.word());
        assertEquals(Set.of(standby.machine()), world.overlays);
        assertEquals(Set.of(), world.isolated);
    }

    @Test
    void theSecondPhaseWaitsForItsWindowAndWhatWasWrittenMeanwhileIsCopiedBeforeIt() {
        Instant from = Instant.ofEpochMilli(world.now + 60_000);
        Operation operation = standby.finish(PlanKind.RETURN, window(from, from.plusSeconds(60)));
        assertEquals(OperationState.SUCCEEDED, operation.state());
        Instant stopped = Instant.parse(operation.facts().get(Facts.STOPPED_AT));
        assertFalse(stopped.isBefore(from), stopped + " before " + from);
        assertTrue(world.emergencyData.size() > 100, "users went on working");
        assertTrue(world.homeData.containsAll(world.emergencyData));
    }

    @Test
    void aWindowThatHasPassedIsWaitedOutUntilAPersonChoosesAnother() {
        Instant passed = Instant.ofEpochMilli(world.now - 60_000);
        RecoveryEngine engine = standby.engine();
        world.onSleep =
                nights -> {
                    if (nights == 10) {
                        assertEquals(SystemState.RESTORATION, standby.word());
                        assertEquals(1, world.running.size());
                        engine.amend(SYSTEM, PlanKind.RETURN, "window", "anna", NO_WINDOW)
                                .orThrow();
                    }
                };
        Map<String, String> facts = standby.facts(PlanKind.RETURN);
        facts.putAll(window(passed.minusSeconds(60), passed));
        engine.begin(SYSTEM, PlanKind.RETURN, "anna", facts, List.of()).orThrow();
        assertEquals(OperationState.SUCCEEDED, standby.operation().state());
        assertInstanceOf(
                Outcome.Refused.class,
                engine.amend(SYSTEM, PlanKind.RETURN, "window", "anna", NO_WINDOW));
    }

    @Test
    void aCancelWhileItWaitsForTheWindowLeavesEmergencyOperationServing() {
        RecoveryEngine engine = standby.engine();
        world.onSleep =
                nights -> {
                    if (nights == 3) {
                        engine.cancel(standby.operation().id(), "anna").orThrow();
                    }
                };
        Instant from = Instant.ofEpochMilli(world.now + 3_600_000);
        Map<String, String> facts = standby.facts(PlanKind.RETURN);
        facts.putAll(window(from, from.plusSeconds(60)));
        engine.begin(SYSTEM, PlanKind.RETURN, "anna", facts, List.of()).orThrow();
        assertEquals(OperationState.CANCELLED, standby.operation().state());
        assertEquals(SystemState.EMERGENCY_OPERATION, standby.word());
        assertEquals(Set.of(standby.machine()), world.running);
        assertTrue(world.homeCopy.isEmpty(), "what was copied is removed");
    }

    private static final Map<String, String> NO_WINDOW =
            Map.of(Facts.WINDOW_FROM, "", Facts.WINDOW_UNTIL, "");

    private static Map<String, String> window(Instant from, Instant until) {
        return Map.of(Facts.WINDOW_FROM, from.toString(), Facts.WINDOW_UNTIL, until.toString());
    }
}
