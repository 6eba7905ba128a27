package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.standfest.management.OperationState;
import org.standfest.management.StepState;
import org.standfest.management.SystemState;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryState;

import java.util.HashSet;
import java.util.Set;

/** What must hold of state and world whenever an operation has come to an end. */
final class Wholeness {

    private Wholeness() {}

    /** After a block was lifted: whatever anybody wrote is still somewhere. */
    static void kept(SimulatedStandby standby, PlanKind kind) {
        SimulatedWorld world = standby.world;
        assertFalse(standby.course().busy());
        if (off(standby)) {
            assertTrue(world.running.isEmpty(), "a machine that runs is not called an outage");
        }
        switch (kind) {
            case RETURN, REACTIVATION ->
                    assertTrue(world.overlays.contains(standby.machine()), "overlay is kept");
            case SWITCH ->
                    assertTrue(world.primaryAlive || !world.running.isEmpty() || nobody(standby));
            case ACTIVATION, UNDO, REHEARSAL -> {
                // nothing was written that is not in the pool, or a person has given it up
            }
        }
    }

    /** The state says that nobody serves. */
    private static boolean nobody(SimulatedStandby standby) {
        return off(standby)
                || standby.course().state() instanceof RecoveryState.EmergencyOperation serving
                        && serving.down();
    }

    /** The state says that there is an outage. */
    private static boolean off(SimulatedStandby standby) {
        return standby.word() == SystemState.OUTAGE;
    }

    /** A step is only green if it happened, and an operation only if all its steps are. */
    static void noGreenLie(Operation operation) {
        boolean allDone =
                operation.steps().stream().allMatch(step -> step.state() == StepState.DONE);
        assertEquals(operation.state() == OperationState.SUCCEEDED, allDone);
    }

    /** State and world say the same, and nothing that users wrote is gone. */
    static void whole(SimulatedStandby standby, PlanKind kind) {
        SimulatedWorld world = standby.world;
        if (standby.course() == null) {
            assertTrue(world.holds.isEmpty());
            return;
        }
        assertEquals(Set.of(), world.isolated, "no rehearsal is left");
        boolean serving = !world.running.isEmpty();
        switch (standby.word()) {
            case EMERGENCY_OPERATION -> {
                boolean down = ((RecoveryState.EmergencyOperation) standby.course().state()).down();
                assertEquals(!down, serving, "emergency machine runs");
                assertEquals(Set.of(standby.machine()), world.overlays, "its overlay is kept");
                assertFalse(world.homeRunning);
                if (kind == PlanKind.SWITCH) {
                    assertFalse(world.primaryAlive);
                    assertTrue(
                            world.emergencyData.containsAll(world.primaryData), "nothing is lost");
                }
            }
            case NORMAL_OPERATION -> {
                assertFalse(serving);
                if (kind == PlanKind.SWITCH) {
                    assertTrue(world.primaryAlive, "the primary serves again");
                    assertTrue(world.overlays.isEmpty(), "nothing left behind");
                }
                assertTrue(world.holds.isEmpty(), "released");
                if (kind == PlanKind.RETURN) {
                    assertTrue(world.homeRunning);
                    assertTrue(
                            new HashSet<>(world.homeData).containsAll(world.emergencyData),
                            "everything written in emergency operation is home");
                }
            }
            case OUTAGE -> {
                assertFalse(serving);
                assertTrue(world.holds.isEmpty(), "released");
                assertTrue(world.overlays.isEmpty(), "nothing left behind");
            }
            default -> throw new AssertionError("left in " + standby.word());
        }
        standby.course().operation().ifPresent(Wholeness::noGreenLie);
    }
}
