/** The ways out of findings: at a marker, in the context menu, in the list. */
package org.standfest.designer.ui.internal.fixing;
