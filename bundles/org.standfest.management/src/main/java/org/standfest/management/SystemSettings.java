package org.standfest.management;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the standby is told about one system.
 *
 * @param primaryTest the test that sees the service in normal operation; without it an outage is
 *     only noticed by the agent's word or reported by a person
 * @param emergencyTest the test that sees the service of the emergency machine; empty = the same as
 *     {@code primaryTest}
 * @param addresses addresses that must be free before a start, besides those of the forwards
 * @param hardware what an emergency machine gets
 * @param startLimitMillis how long an activation waits for the positive test, in milliseconds,
 *     1,000 to 3,600,000
 * @param announcement how clients find the system on the standby
 * @param verification when its image is proved to start by itself
 * @param secondPerson which actions a second person must release before they are done; of {@code
 *     ACTIVATE}, {@code SWITCH}, {@code UNDO}, {@code RETURN}, {@code UNBLOCK}
 */
public record SystemSettings(
        Optional<PositiveTest> primaryTest,
        Optional<PositiveTest> emergencyTest,
        List<AddressToCheck> addresses,
        StandbyHardware hardware,
        long startLimitMillis,
        Announcement announcement,
        VerificationPlan verification,
        Set<Action> secondPerson) {

    /** Before the constant below, which looks at it. */
    private static final Set<Action> RELEASABLE =
            Set.of(Action.ACTIVATE, Action.SWITCH, Action.UNDO, Action.RETURN, Action.UNBLOCK);

    /** No tests, the machine's own hardware, five minutes. */
    public static final SystemSettings DEFAULT =
            new SystemSettings(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    StandbyHardware.AS_DESCRIBED,
                    300_000);

    /** Checks ranges; throws IllegalArgumentException. */
    public SystemSettings {
        Objects.requireNonNull(primaryTest);
        Objects.requireNonNull(emergencyTest);
        Objects.requireNonNull(hardware);
        // Settings that were kept before there were these.
        announcement = Objects.requireNonNullElse(announcement, Announcement.NONE);
        verification = Objects.requireNonNullElse(verification, VerificationPlan.OFF);
        secondPerson = Set.copyOf(Objects.requireNonNullElse(secondPerson, Set.of()));
        if (!RELEASABLE.containsAll(secondPerson)) {
            throw new IllegalArgumentException("secondPerson");
        }
        addresses = List.copyOf(addresses);
        if (addresses.size() > 64) {
            throw new IllegalArgumentException("more than 64 addresses");
        }
        if (startLimitMillis < 1_000 || startLimitMillis > 3_600_000) {
            throw new IllegalArgumentException("startLimitMillis");
        }
    }

    /** Settings with nothing to announce and nothing proved by itself. */
    public SystemSettings(
            Optional<PositiveTest> primaryTest,
            Optional<PositiveTest> emergencyTest,
            List<AddressToCheck> addresses,
            StandbyHardware hardware,
            long startLimitMillis) {
        this(
                primaryTest,
                emergencyTest,
                addresses,
                hardware,
                startLimitMillis,
                Announcement.NONE,
                VerificationPlan.OFF,
                Set.of());
    }

    /** The same on other hardware. */
    public SystemSettings on(StandbyHardware other) {
        return new SystemSettings(
                primaryTest,
                emergencyTest,
                addresses,
                other,
                startLimitMillis,
                announcement,
                verification,
                secondPerson);
    }

    /** The same with something to announce. */
    public SystemSettings announcing(Announcement other) {
        return new SystemSettings(
                primaryTest,
                emergencyTest,
                addresses,
                hardware,
                startLimitMillis,
                other,
                verification,
                secondPerson);
    }

    /** The same, proved to start at other times. */
    public SystemSettings verified(VerificationPlan other) {
        return new SystemSettings(
                primaryTest,
                emergencyTest,
                addresses,
                hardware,
                startLimitMillis,
                announcement,
                other,
                secondPerson);
    }

    /** The same, with other actions that a second person must release. */
    public SystemSettings releasedBySecond(Set<Action> other) {
        return new SystemSettings(
                primaryTest,
                emergencyTest,
                addresses,
                hardware,
                startLimitMillis,
                announcement,
                verification,
                other);
    }

    /** The test that proves that the emergency machine serves. */
    public Optional<PositiveTest> testInEmergency() {
        return emergencyTest.or(() -> primaryTest);
    }
}
