package org.standfest.designer.ui.internal.drawing;

/**
 * Two sites between which lines are drawn.
 *
 * @param from the id of the one from which they start
 * @param to the id of the other
 */
public record SiteTie(String from, String to) {}
