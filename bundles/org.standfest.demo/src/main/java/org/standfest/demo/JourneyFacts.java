package org.standfest.demo;

import org.standfest.management.SessionInfo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the journey learns on its way, for the proof and the reports. Used by one thread. */
final class JourneyFacts {

    Optional<SessionInfo> firstCopy = Optional.empty();
    Optional<SessionInfo> increment = Optional.empty();
    long imageBytes;
    long newDiskBytes;
    Instant pointTakenAt;
    Instant outageAt;
    Instant noticedAt;
    Instant servedAgainAt;
    boolean pointUntouched;
    Duration returnInterruption = Duration.ZERO;
    LedgerProof proof;

    /** From the loss of the machine to the first positive test of the emergency machine. */
    Duration recoveryTimeActual() {
        return Duration.between(outageAt, servedAgainAt);
    }
}
