package org.standfest.recovery.plans;

import org.standfest.probe.Verdict;

import java.time.Duration;
import java.util.Optional;

/** The positive test of a system's service. Safe for any thread. */
public interface ServiceTest {

    /** Where the service is to be seen. */
    enum Place {
        /** At its primary, in normal operation. */
        HOME,
        /** At the emergency machine. */
        EMERGENCY
    }

    /** Tests once; empty if no test was set for this place. */
    Optional<Verdict> test(String systemId, Place place);

    /**
     * Tests an isolated machine once; empty if no test was set.
     *
     * @param hostPort the standby's port that leads to the tested port in the machine
     */
    Optional<Verdict> testIsolated(String systemId, int hostPort);

    /** How long to wait for a positive test after a start. */
    Duration limit(String systemId);
}
