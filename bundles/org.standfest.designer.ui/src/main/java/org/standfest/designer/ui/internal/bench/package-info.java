/**
 * Measures how fast large topologies are drawn and edited, with the code that the designer runs.
 */
package org.standfest.designer.ui.internal.bench;
