package org.standfest.standby.care;

import org.standfest.management.CarePolicy;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is remembered of the care of one system.
 *
 * @param policy what the standby was told
 * @param schedule what its agent was told; empty while nobody told it anything
 * @param paused whether somebody paused it
 * @param provedAt when source and pool were last proved identical
 * @param verifiedAt when everything was last re-read without a finding
 * @param scrubbedAt when it was last scrubbed to the end
 * @param scrubbedBytes what was read then
 * @param scrubFindings what was wrong then
 * @param differing how many differences of the current or last comparison an alarm was raised for
 */
record CareRecord(
        CarePolicy policy,
        String schedule,
        boolean paused,
        Optional<Instant> provedAt,
        Optional<Instant> verifiedAt,
        Optional<Instant> scrubbedAt,
        long scrubbedBytes,
        int scrubFindings,
        long differing) {

    static final CareRecord NONE =
            new CareRecord(
                    CarePolicy.DEFAULT,
                    "",
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    0,
                    0);

    CareRecord {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(schedule);
        Objects.requireNonNull(provedAt);
        Objects.requireNonNull(verifiedAt);
        Objects.requireNonNull(scrubbedAt);
    }

    CareRecord with(CarePolicy other) {
        return new CareRecord(
                other,
                schedule,
                paused,
                provedAt,
                verifiedAt,
                scrubbedAt,
                scrubbedBytes,
                scrubFindings,
                differing);
    }

    CareRecord scheduled(String other, boolean pause) {
        return new CareRecord(
                policy,
                other,
                pause,
                provedAt,
                verifiedAt,
                scrubbedAt,
                scrubbedBytes,
                scrubFindings,
                differing);
    }

    CareRecord proved(Instant at) {
        return new CareRecord(
                policy,
                schedule,
                paused,
                Optional.of(at),
                verifiedAt,
                scrubbedAt,
                scrubbedBytes,
                scrubFindings,
                differing);
    }

    CareRecord verified(Instant at) {
        return new CareRecord(
                policy,
                schedule,
                paused,
                provedAt,
                Optional.of(at),
                scrubbedAt,
                scrubbedBytes,
                scrubFindings,
                differing);
    }

    CareRecord scrubbed(Instant at, long bytes, int findings) {
        return new CareRecord(
                policy,
                schedule,
                paused,
                provedAt,
                findings == 0 ? Optional.of(at) : verifiedAt,
                Optional.of(at),
                bytes,
                findings,
                differing);
    }

    CareRecord differing(long count) {
        return new CareRecord(
                policy,
                schedule,
                paused,
                provedAt,
                verifiedAt,
                scrubbedAt,
                scrubbedBytes,
                scrubFindings,
                count);
    }
}
