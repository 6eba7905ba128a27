/** The workbench's own application, window, theme choice and dialogs. */
package org.standfest.workbench.ui.internal;
