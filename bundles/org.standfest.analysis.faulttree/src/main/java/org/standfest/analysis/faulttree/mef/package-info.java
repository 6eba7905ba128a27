/** Reads and writes fault trees in the Open-PSA model exchange format. */
package org.standfest.analysis.faulttree.mef;
