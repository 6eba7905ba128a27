package org.standfest.analysis.availability;

import java.util.ArrayList;
import java.util.List;

/**
 * A group whose members wait for each other, switch or queue, and what that costs beside the static
 * structure.
 *
 * @param protectionId the protection
 * @param protectionName its name
 * @param elementId the system or host that is taken over
 * @param elementName its name
 * @param unit index of the unit that stands for it
 * @param rests indices of the units that stand for it in services that are down anyway for some of
 *     the reasons to take over: without those
 * @param states indices of the units that stand for it in services of which it is no module: one
 *     for each reason to take over ({@link GroupState})
 * @param reasons indices of the units that make it necessary
 * @param model the model that gave the figures, for instance {@code FailoverCluster}
 * @param method how good they are
 * @param demandsPerYear how often it is needed
 * @param coverage probability that it works by itself
 * @param takeoverHours mean time of one that works
 * @param downtimeMinutesPerYear that it costs
 */
public record TakeoverResult(
        String protectionId,
        String protectionName,
        String elementId,
        String elementName,
        int unit,
        List<Integer> rests,
        List<Integer> states,
        List<Integer> reasons,
        String model,
        Method method,
        double demandsPerYear,
        double coverage,
        double takeoverHours,
        double downtimeMinutesPerYear) {

    /** Copies the list. */
    public TakeoverResult {
        rests = List.copyOf(rests);
        states = List.copyOf(states);
        reasons = List.copyOf(reasons);
    }

    /** The same with one more unit that stands for it. */
    TakeoverResult with(GroupState state) {
        boolean rest = state.kind() == GroupState.Kind.REST;
        List<Integer> more = new ArrayList<>(rest ? rests : states);
        more.add(state.unit());
        return new TakeoverResult(
                protectionId,
                protectionName,
                elementId,
                elementName,
                unit,
                rest ? more : rests,
                rest ? states : more,
                reasons,
                model,
                method,
                demandsPerYear,
                coverage,
                takeoverHours,
                downtimeMinutesPerYear);
    }

    /** Whether a unit stands for it, or for a part of it. */
    public boolean isOf(int otherUnit) {
        return unit == otherUnit || rests.contains(otherUnit) || states.contains(otherUnit);
    }

    /** How the figures came about. */
    public enum Method {
        /** From the Markov chain of the group: exact for a group that is a module. */
        CHAIN,
        /** The own failures from the chain, what the group stands on in first order. */
        CHAIN_AND_FIRST_ORDER,
        /** Frequency of the demand times mean duration. */
        FIRST_ORDER,
        /** Not worse than this: the group shares parts with others, so it was not collapsed. */
        BOUND
    }
}
