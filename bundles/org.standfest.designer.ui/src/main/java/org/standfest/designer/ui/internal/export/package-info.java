/** Writes the drawing as a file or onto paper. */
package org.standfest.designer.ui.internal.export;
