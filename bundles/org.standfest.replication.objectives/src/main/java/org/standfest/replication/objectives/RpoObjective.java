package org.standfest.replication.objectives;

import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How old the newest recovery point of a system may become (RPO). Immutable.
 *
 * <p>Text form: a span of time as {@link Durations} says.
 *
 * @param limit at least a second
 */
public record RpoObjective(Duration limit) {

    /** From this share of the limit on the objective is at risk. */
    public static final double AT_RISK_SHARE = 0.8;

    /** Checks. */
    public RpoObjective {
        if (limit.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("limit " + limit);
        }
    }

    /** Reads the text form. */
    public static Outcome<RpoObjective> parse(String text) {
        return Durations.parse(text)
                .then(
                        span ->
                                span.isZero()
                                        ? Outcome.refused(
                                                TextFault.TEXTS.explain(
                                                        "objectives.duration", text.strip()))
                                        : Outcome.done(new RpoObjective(span)));
    }

    /** How the objective stands. */
    public enum Standing {
        /** Well within. */
        KEPT,
        /** The newest point has used {@link #AT_RISK_SHARE} of the limit. */
        AT_RISK,
        /** The newest point is older than the limit. */
        MISSED,
        /** There is no point yet. */
        NO_POINT
    }

    /**
     * How the objective stands at an instant.
     *
     * @param age of the newest point, zero where there is none
     */
    public record State(Standing standing, Duration age, Duration limit) {

        /** Why a person should look; empty when the objective is kept. */
        public Optional<Explanation> explanation(String system) {
            return switch (standing) {
                case KEPT -> Optional.empty();
                case AT_RISK -> Optional.of(explain("objectives.rpo-at-risk", system));
                case MISSED -> Optional.of(explain("objectives.rpo-missed", system));
                case NO_POINT -> Optional.of(explain("objectives.rpo-no-point", system));
            };
        }

        private Explanation explain(String code, String system) {
            return TextFault.TEXTS.explain(
                    code, system, Durations.text(age), Durations.text(limit));
        }
    }

    /**
     * How the objective stands.
     *
     * @param newestPoint the instant the newest committed point shows; one in the future counts as
     *     now
     */
    public State at(Instant now, Optional<Instant> newestPoint) {
        if (newestPoint.isEmpty()) {
            return new State(Standing.NO_POINT, Duration.ZERO, limit);
        }
        Duration age = Duration.between(newestPoint.get(), now);
        age = age.isNegative() ? Duration.ZERO : age;
        Standing standing =
                age.compareTo(limit) > 0
                        ? Standing.MISSED
                        : age.toMillis() >= AT_RISK_SHARE * limit.toMillis()
                                ? Standing.AT_RISK
                                : Standing.KEPT;
        return new State(standing, age, limit);
    }

    /** The text form. */
    @Override
    public String toString() {
        return Durations.text(limit);
    }
}
