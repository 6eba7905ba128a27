/** What would happen if the selection failed: the course as a table on the time line. */
package org.standfest.designer.ui.internal.whatif;
