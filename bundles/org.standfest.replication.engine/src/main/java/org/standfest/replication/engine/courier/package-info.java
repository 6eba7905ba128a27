/**
 * First copies on a disk that somebody carries: a recorded session that only its standby can read.
 */
package org.standfest.replication.engine.courier;
