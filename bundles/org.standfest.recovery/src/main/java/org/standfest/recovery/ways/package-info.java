/** The classic model's places and the branch model's ways, as steps of the plans. */
package org.standfest.recovery.ways;
