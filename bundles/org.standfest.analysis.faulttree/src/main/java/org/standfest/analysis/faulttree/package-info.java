/**
 * Exact analysis of fault trees and other structure functions: probability, minimal cut sets,
 * importance, frequency.
 */
package org.standfest.analysis.faulttree;
