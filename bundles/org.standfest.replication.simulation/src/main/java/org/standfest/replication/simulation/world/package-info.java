/** Worlds in which production code lives through faults, and what has to hold in them. */
package org.standfest.replication.simulation.world;
