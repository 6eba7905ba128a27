/** Distributions of times and of uncertain data, sums of them, and what they do to a result. */
package org.standfest.analysis.distributions;
