/** Runs seeded worlds in which production code meets every fault, and says what did not hold. */
package org.standfest.replication.simulation;
