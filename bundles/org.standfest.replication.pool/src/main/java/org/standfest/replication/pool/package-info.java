/**
 * The image pool: the newest recovery point of every system in its native form, older ones as
 * reverse deltas.
 */
package org.standfest.replication.pool;
