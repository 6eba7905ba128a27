package org.standfest.analysis.reports;

import org.standfest.analysis.availability.Assumptions;

import java.time.Instant;

/**
 * What a report says about itself. Immutable.
 *
 * @param organisation whose topology it is; may be empty
 * @param made when it was calculated
 * @param assumptions what was taken for granted in the calculation
 */
public record ReportHead(String organisation, Instant made, Assumptions assumptions) {}
