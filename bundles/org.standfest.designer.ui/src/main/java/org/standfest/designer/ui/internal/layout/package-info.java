/** Finds an order of sites in which few lines cross, by the Eclipse Layout Kernel. */
package org.standfest.designer.ui.internal.layout;
