/** The hash-chained journal of who did what, when, and with what result. */
package org.standfest.recovery.journal;
