package org.standfest.recovery;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Ordered steps and what they mean for the state of the system. Immutable.
 *
 * @param kind what it is for
 * @param steps the steps in order, 1 to 64
 * @param commitStep id of the step after whose success nothing is taken back any more: from there a
 *     failing step is tried again instead
 * @param begun event when it begins
 * @param proved event when all is done
 * @param undone event when it was taken back completely, because of an explanation
 */
public record Plan(
        PlanKind kind,
        List<Planned> steps,
        String commitStep,
        Function<String, RecoveryEvent> begun,
        Function<StepRun, RecoveryEvent> proved,
        BiFunction<StepRun, Told, RecoveryEvent> undone) {

    /** Checks that ids are unique and the commit step is one of them. */
    public Plan {
        Objects.requireNonNull(kind);
        steps = List.copyOf(steps);
        Set<String> ids = new HashSet<>();
        steps.forEach(planned -> ids.add(planned.step().id()));
        if (ids.size() != steps.size() || steps.size() > 64 || !ids.contains(commitStep)) {
            throw new IllegalArgumentException("steps of " + kind);
        }
    }

    /**
     * A step in its plan.
     *
     * @param step the step
     * @param after what its success means for the system's state
     * @param limit how long it may take before it is told to stop and counts as failed; {@link
     *     Duration#ZERO} for a step that has a limit of its own or may take days. Steps after the
     *     commit step are told to stop too, and are tried again.
     */
    public record Planned(Step step, Optional<RecoveryEvent> after, Duration limit) {

        /** Checks that nothing is missing. */
        public Planned {
            Objects.requireNonNull(step);
            Objects.requireNonNull(after);
            if (limit.isNegative()) {
                throw new IllegalArgumentException("limit of " + step.id());
            }
        }

        /** A step that changes no state and has no limit of the engine. */
        public static Planned of(Step step) {
            return new Planned(step, Optional.empty(), Duration.ZERO);
        }

        /** A step whose success is an event. */
        public static Planned of(Step step, RecoveryEvent after) {
            return new Planned(step, Optional.of(after), Duration.ZERO);
        }

        /** The same step, to be given up after some time. */
        public Planned within(Duration most) {
            return new Planned(step, after, most);
        }
    }

    /** This plan without the step of an id, if it has one; not for the commit step. */
    public Plan without(String id) {
        List<Planned> others =
                steps.stream().filter(planned -> !planned.step().id().equals(id)).toList();
        return new Plan(kind, others, commitStep, begun, proved, undone);
    }

    /**
     * This plan with the steps that an operation was begun with: steps that came later are left
     * out, steps of a partner that is not there any more fail when they are reached.
     */
    Plan like(List<String> ids) {
        Map<String, Planned> known = new HashMap<>();
        steps.forEach(planned -> known.put(planned.step().id(), planned));
        return new Plan(
                kind,
                ids.stream()
                        .map(
                                id -> {
                                    Planned present = known.get(id);
                                    return present == null
                                            ? Planned.of(new MissingStep(id))
                                            : present;
                                })
                        .toList(),
                commitStep,
                begun,
                proved,
                undone);
    }

    /** Number of the commit step, from 0. */
    int commitIndex() {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).step().id().equals(commitStep)) {
                return i;
            }
        }
        throw new IllegalStateException(commitStep);
    }
}
