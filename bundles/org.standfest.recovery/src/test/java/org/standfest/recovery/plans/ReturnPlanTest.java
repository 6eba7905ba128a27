package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.SystemState;
import org.standfest.recovery.PlanKind;

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
}
