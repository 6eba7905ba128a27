/** Brings machines and drawings of other programs into a topology, and topologies out to them. */
package org.standfest.topology.exchange;
