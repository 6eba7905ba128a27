package org.standfest.analysis.faulttree;

import java.util.List;

/**
 * How a structure behaves with certain figures of its events.
 *
 * @param renewal in the long run
 * @param importances of every event that matters, by criticality, the highest first
 */
public record Assessment(Renewal renewal, List<Importance> importances) {}
