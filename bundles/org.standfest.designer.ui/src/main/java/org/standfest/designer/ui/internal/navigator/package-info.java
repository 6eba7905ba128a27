/** The tree of an open topology. */
package org.standfest.designer.ui.internal.navigator;
