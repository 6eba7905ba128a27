package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.Importance;

/**
 * How much one unit contributes to the outages of a service.
 *
 * @param unit index of the unit
 * @param importance its importance for the unavailability
 * @param initiates share of the outages that begin with its failure (Barlow and Proschan)
 * @param downtimeHoursPerYear what is gained if it never fails, in a year of 8,760 hours
 */
public record Weakness(
        int unit, Importance importance, double initiates, double downtimeHoursPerYear) {}
