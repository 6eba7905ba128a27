/**
 * Editing a topology on the drawing: what may be done, what it does as one named command, why not.
 */
package org.standfest.designer.ui.internal.editing;
