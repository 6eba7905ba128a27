package org.standfest.analysis.faulttree;

/**
 * How much an event matters for a top event f with probability P, the event's being p. The formulas
 * are those of the reliability handbooks (Birnbaum 1969; Rausand and Høyland, chapter 5) with exact
 * probabilities instead of sums over cut sets.
 *
 * @param event the index of the event
 * @param birnbaum P(f | event) - P(f | not event): how fast P rises with p
 * @param criticality p·birnbaum / P: given the top event, the event occurred and was critical. For
 *     a coherent structure equal to the Fussell-Vesely importance in its exact form, 1 - P(f | not
 *     event) / P
 * @param diagnostic P(event | f): given the top event, the event occurred
 * @param riskAchievementWorth P(f | event) / P
 * @param riskReductionWorth P / P(f | not event); infinite where nothing fails without the event
 */
public record Importance(
        int event,
        double birnbaum,
        double criticality,
        double diagnostic,
        double riskAchievementWorth,
        double riskReductionWorth) {

    /** 1 - P(f | not event) / P. */
    public double fussellVesely() {
        return criticality;
    }
}
