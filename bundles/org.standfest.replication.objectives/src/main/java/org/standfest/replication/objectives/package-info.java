/**
 * Pure calculations of when to replicate, how fast, what stays, and what is promised: schedules,
 * rate calendars, retention, recovery point objectives and their forecast, the alarm on unusual
 * change, the history of sessions.
 */
package org.standfest.replication.objectives;
