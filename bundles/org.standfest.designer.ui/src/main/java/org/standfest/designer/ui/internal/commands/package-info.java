/** What menus and keys do in the designer. */
package org.standfest.designer.ui.internal.commands;
