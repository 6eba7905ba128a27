/** The ways of opening a topology, and the page that offers them when nothing is open. */
package org.standfest.designer.ui.internal.welcome;
