/** Files of other programs, read into the window and written from it. */
package org.standfest.designer.ui.internal.exchange;
