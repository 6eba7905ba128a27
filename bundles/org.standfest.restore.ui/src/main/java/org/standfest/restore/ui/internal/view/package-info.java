/** The start page of the Branch product: layout and binding only. */
package org.standfest.restore.ui.internal.view;
