/** The report of an analysis: everything calculated once, and put into words for a customer. */
package org.standfest.analysis.reports;
