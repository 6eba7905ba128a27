package org.standfest.replication.engine;

/**
 * How far a session is.
 *
 * @param info which one
 * @param doneBytes bytes examined or received so far
 * @param totalBytes how many there will be; 0 while unknown
 */
public record SessionProgress(SessionInfo info, long doneBytes, long totalBytes) {}
