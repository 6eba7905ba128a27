/** Patterns that are laid over a selection: questions, preview, one step of undo. */
package org.standfest.designer.ui.internal.patterns;
