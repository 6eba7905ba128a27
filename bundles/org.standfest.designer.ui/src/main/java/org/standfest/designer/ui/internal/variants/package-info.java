/** Variants of a topology: made as copies, compared side by side and in one drawing. */
package org.standfest.designer.ui.internal.variants;
