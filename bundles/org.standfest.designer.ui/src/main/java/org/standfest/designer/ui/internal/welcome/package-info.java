/** The page that offers the next step when nothing is open. */
package org.standfest.designer.ui.internal.welcome;
