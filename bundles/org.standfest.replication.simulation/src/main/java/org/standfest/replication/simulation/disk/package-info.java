/** A disk in memory that forgets, tears and rots the way real ones do, behind the pool's ports. */
package org.standfest.replication.simulation.disk;
