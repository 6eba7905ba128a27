/** Processes, threads, lines and time of a simulated world, all in one seeded order. */
package org.standfest.replication.simulation.machine;
