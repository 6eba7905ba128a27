/**
 * Groups of components with repair, standby, failover and shared crews, each as a small Markov
 * chain.
 */
package org.standfest.analysis.markov.groups;
