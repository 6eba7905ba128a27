/** What goes down when something fails, what takes over, when services are back, what is lost. */
package org.standfest.analysis.whatif;
