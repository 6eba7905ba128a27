/**
 * The resident on the protected side: its systems, its sessions, its standing line to the standby,
 * the way home.
 */
package org.standfest.replication.agent;
