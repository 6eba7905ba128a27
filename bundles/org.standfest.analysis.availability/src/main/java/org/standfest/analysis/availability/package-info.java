/**
 * How available the services of a topology are, what brings them down, and how much each part
 * matters.
 */
package org.standfest.analysis.availability;
