/** What is different between two topologies, as data and as text. */
package org.standfest.topology.compare;
