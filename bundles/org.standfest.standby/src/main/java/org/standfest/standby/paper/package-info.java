/** The emergency sheets: what a person needs when no screen helps, as PDF beside the pool. */
package org.standfest.standby.paper;
