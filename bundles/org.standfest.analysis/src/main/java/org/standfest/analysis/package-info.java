/**
 * What partners implement to find weak spots in a topology, and what everybody gets who asks for
 * them.
 */
package org.standfest.analysis;
