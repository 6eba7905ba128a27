/** Builds the ten example topologies; {@code examples/} holds what comes out. */
package org.standfest.topology.files.examples;
