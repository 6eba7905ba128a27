package org.standfest.recovery;

import org.standfest.management.MeasuredTimes;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything about the course of one system that must survive a crash; one file. Immutable.
 *
 * @param systemId the system
 * @param state where it is
 * @param since since when
 * @param operation the operation at work, or the last one
 * @param measured times of the last outage
 * @param provedToStartAt when its image was last seen to start and serve
 */
public record Course(
        String systemId,
        RecoveryState state,
        Instant since,
        Optional<Operation> operation,
        MeasuredTimes measured,
        Optional<Instant> provedToStartAt) {

    /** Checks that nothing is missing. */
    public Course {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(state);
        Objects.requireNonNull(since);
        Objects.requireNonNull(operation);
        Objects.requireNonNull(measured);
        Objects.requireNonNull(provedToStartAt);
    }

    /** A system that was just met. */
    public static Course begin(String systemId, Instant now) {
        return new Course(
                systemId,
                new RecoveryState.NormalOperation(),
                now,
                Optional.empty(),
                MeasuredTimes.NONE,
                Optional.empty());
    }

    /** Whether an operation is at work or waits to be resumed. */
    public boolean busy() {
        return operation.filter(some -> !some.state().finished()).isPresent();
    }

    Course in(RecoveryState next, Instant now) {
        Instant start = next.word() == state.word() ? since : now;
        return new Course(systemId, next, start, operation, measured, provedToStartAt);
    }

    Course with(Operation changed) {
        return new Course(systemId, state, since, Optional.of(changed), measured, provedToStartAt);
    }

    Course with(MeasuredTimes times) {
        return new Course(systemId, state, since, operation, times, provedToStartAt);
    }

    Course proved(Instant at) {
        return new Course(systemId, state, since, operation, measured, Optional.of(at));
    }
}
