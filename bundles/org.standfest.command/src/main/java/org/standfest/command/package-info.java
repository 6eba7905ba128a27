/** The contract of a verb of the command line: what partners implement to add one. */
package org.standfest.command;
