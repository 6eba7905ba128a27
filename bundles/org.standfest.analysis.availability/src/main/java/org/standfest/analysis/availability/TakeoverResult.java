package org.standfest.analysis.availability;

/**
 * A group whose members wait for each other, switch or queue, and what that costs beside the static
 * structure.
 *
 * @param protectionId the protection
 * @param protectionName its name
 * @param elementId the system or host that is taken over
 * @param elementName its name
 * @param unit index of the unit that stands for it
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
        String model,
        Method method,
        double demandsPerYear,
        double coverage,
        double takeoverHours,
        double downtimeMinutesPerYear) {

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
