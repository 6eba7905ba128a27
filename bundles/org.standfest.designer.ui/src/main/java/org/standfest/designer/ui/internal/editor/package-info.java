/** The editor with the drawing, and the overview of it. */
package org.standfest.designer.ui.internal.editor;
