/**
 * Replication sessions, both ways: what changed is found, sent, checked and committed; handlers of
 * the standby's port.
 */
package org.standfest.replication.engine;
