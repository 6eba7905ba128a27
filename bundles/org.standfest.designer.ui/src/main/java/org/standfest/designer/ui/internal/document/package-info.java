/** An open topology: file, undo, selection, findings; without a window system. */
package org.standfest.designer.ui.internal.document;
