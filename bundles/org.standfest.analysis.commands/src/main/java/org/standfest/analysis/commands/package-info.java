/**
 * The verbs of the command line that analyse: {@code fta}, {@code analyse}, {@code bench analysis}.
 */
package org.standfest.analysis.commands;
