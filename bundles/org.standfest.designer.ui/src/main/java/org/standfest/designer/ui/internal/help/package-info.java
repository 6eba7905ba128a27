/** Pages of help that need no network, in both languages, beside what they explain. */
package org.standfest.designer.ui.internal.help;
