/**
 * The care of recovery points on the standby: policies, retention, scrub, alarms, long works, the
 * history of sessions.
 */
package org.standfest.standby.care;
