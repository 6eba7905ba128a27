/**
 * A drawing of areas, cards, chips, drums and lines as plain data, and how it is painted, whatever
 * paints it; it knows no topology and no window.
 */
package org.standfest.drawing.ui;
