/** Availability in the designer: services, weak spots, cut sets, charts, the report. */
package org.standfest.designer.ui.internal.analysis;
