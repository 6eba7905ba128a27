/** How a topology becomes a drawing; without a window system. */
package org.standfest.designer.ui.internal.drawing;
