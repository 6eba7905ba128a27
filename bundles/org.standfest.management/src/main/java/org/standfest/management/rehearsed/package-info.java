/**
 * A standby in memory for looking at faces without a server, and the checks that it and the real
 * one must both pass.
 */
package org.standfest.management.rehearsed;
