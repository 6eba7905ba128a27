/** Continuous-time Markov chains: stationary, first-passage and transient answers. */
package org.standfest.analysis.markov;
