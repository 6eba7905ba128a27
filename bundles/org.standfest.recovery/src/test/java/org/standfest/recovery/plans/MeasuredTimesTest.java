package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.recovery.PlanKind;

/** What an outage really cost. */
class MeasuredTimesTest {

    @Test
    void theTimesOfAnOutageAreMeasured() {
        SimulatedStandby standby = SimulatedStandby.prepared(PlanKind.ACTIVATION);
        standby.finish(PlanKind.ACTIVATION);
        var measured = standby.course().measured();
        assertTrue(measured.rtaMillis().orElseThrow() > 0);
        assertTrue(measured.awayMillis().orElseThrow() >= measured.rtaMillis().orElseThrow());
        assertTrue(measured.rpaMillis().orElseThrow() >= 299_000);
        assertTrue(standby.course().provedToStartAt().isPresent());
    }
}
