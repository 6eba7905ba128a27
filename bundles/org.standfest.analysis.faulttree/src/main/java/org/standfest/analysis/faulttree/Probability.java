package org.standfest.analysis.faulttree;

/**
 * A probability and its opposite, both with all their digits: neither is computed as one minus the
 * other.
 *
 * @param value 0 to 1
 * @param complement 0 to 1
 */
public record Probability(double value, double complement) {}
