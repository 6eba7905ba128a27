/** The SWT canvas that shows a drawing, the overview of it, and the painter for both. */
package org.standfest.drawing.ui.canvas;
