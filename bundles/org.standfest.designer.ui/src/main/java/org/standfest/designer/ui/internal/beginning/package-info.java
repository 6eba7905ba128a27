/** Asks how a new topology is to begin. */
package org.standfest.designer.ui.internal.beginning;
