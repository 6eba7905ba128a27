/** Boolean formulas as a shared graph: what a fault tree or a structure function is made of. */
package org.standfest.analysis.faulttree.formula;
