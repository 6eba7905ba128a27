/** A guided first design that notices by itself what is done. */
package org.standfest.designer.ui.internal.steps;
