/** A drawing of areas, cards, chips, drums and lines on an SWT canvas; it knows no topology. */
package org.standfest.designer.ui.canvas;
