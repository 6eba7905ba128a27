/** The design report from the window. */
package org.standfest.designer.ui.internal.report;
