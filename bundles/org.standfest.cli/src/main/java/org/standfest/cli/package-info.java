/** The command-line product: finds the verb, gives help, answers with an exit code. */
package org.standfest.cli;
