/** Estimates by seeded random samples, with intervals that say how far to believe them. */
package org.standfest.analysis.simulation;
