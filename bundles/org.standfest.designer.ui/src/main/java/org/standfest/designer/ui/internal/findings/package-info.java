/** What the rules found in an open topology. */
package org.standfest.designer.ui.internal.findings;
