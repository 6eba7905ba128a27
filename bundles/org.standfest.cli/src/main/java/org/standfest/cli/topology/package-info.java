/** The verb that shows, checks and counts topologies. */
package org.standfest.cli.topology;
