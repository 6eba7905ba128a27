package org.standfest.results;

import java.util.Optional;
import java.util.function.Function;

/**
 * What became of something that was asked for. Expected faults are values, bugs are exceptions.
 *
 * <p>{@link Done}: it happened, and was checked. {@link Refused}: nothing was changed, because a
 * precondition did not hold; asking again without changing something gives the same answer. {@link
 * Failed}: it was begun and did not succeed; the explanation says what state is left behind.
 *
 * <p>Immutable as long as the value is; safe to pass between threads.
 *
 * @param <T> what a success hands over; {@link Void} (always {@code null}) where there is nothing
 *     to hand over
 */
public sealed interface Outcome<T> permits Outcome.Done, Outcome.Refused, Outcome.Failed {

    /**
     * It happened.
     *
     * @param value what was asked for; {@code null} only for {@code Outcome<Void>}
     */
    record Done<T>(T value) implements Outcome<T> {}

    /** Not begun, nothing changed. */
    record Refused<T>(Explanation explanation) implements Outcome<T> {}

    /**
     * Begun and not finished.
     *
     * @param cause the technical cause for the log, or {@code null} where the explanation says it
     *     all
     */
    record Failed<T>(Explanation explanation, Throwable cause) implements Outcome<T> {

        /** A failure whose explanation says it all. */
        public Failed(Explanation explanation) {
            this(explanation, null);
        }
    }

    /** A success with a value. */
    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    /** A success that hands nothing over. */
    static Outcome<Void> done() {
        return new Done<>(null);
    }

    /** A refusal. */
    static <T> Outcome<T> refused(Explanation explanation) {
        return new Refused<>(explanation);
    }

    /** A failure. */
    static <T> Outcome<T> failed(Explanation explanation, Throwable cause) {
        return new Failed<>(explanation, cause);
    }

    /** A failure whose explanation says it all. */
    static <T> Outcome<T> failed(Explanation explanation) {
        return new Failed<>(explanation, null);
    }

    /** Whether this is {@link Done}. */
    default boolean isDone() {
        return this instanceof Done;
    }

    /** The value of a success; empty for the rest and for a success without a value. */
    default Optional<T> result() {
        return this instanceof Done<T>(T value) ? Optional.ofNullable(value) : Optional.empty();
    }

    /** Why it did not happen; empty for a success. */
    default Optional<Explanation> problem() {
        return switch (this) {
            case Done<T> _ -> Optional.empty();
            case Refused<T> refused -> Optional.of(refused.explanation());
            case Failed<T> failed -> Optional.of(failed.explanation());
        };
    }

    /**
     * The value of a success, where the caller has proved that it is one. Throws
     * IllegalStateException otherwise.
     */
    default T orThrow() {
        return switch (this) {
            case Done<T>(T value) -> value;
            case Refused<T>(Explanation why) -> throw new IllegalStateException("refused: " + why);
            case Failed<T>(Explanation why, Throwable cause) ->
                    throw new IllegalStateException("failed: " + why, cause);
        };
    }

    /** The same with another value; refusals and failures pass through. */
    default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
        return then(value -> done(change.apply(value)));
    }

    /** Goes on with the next thing if this one succeeded; refusals and failures pass through. */
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Refused<T>(Explanation why) -> refused(why);
            case Failed<T>(Explanation why, Throwable cause) -> failed(why, cause);
        };
    }
}
