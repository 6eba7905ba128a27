/** What is told about each protected system, without a window system. */
package org.standfest.restore.ui.internal.overview;
