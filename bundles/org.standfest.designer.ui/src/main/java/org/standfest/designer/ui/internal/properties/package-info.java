/** The properties of the selected element, bound to the model by commands. */
package org.standfest.designer.ui.internal.properties;
