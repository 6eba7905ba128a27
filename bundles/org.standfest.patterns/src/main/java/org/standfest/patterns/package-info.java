/** The contract of a pattern that is laid over a topology: what partners implement to add one. */
package org.standfest.patterns;
