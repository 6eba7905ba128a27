/** Decision diagrams, modules and orders of variables: how a formula is solved. */
package org.standfest.analysis.faulttree.internal;
