/**
 * The course of a protected system through outage, emergency operation and return: its states, its
 * plans of steps with undo, and the engine that survives a crash at any of them.
 */
package org.standfest.recovery;
