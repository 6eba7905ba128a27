/**
 * The application frame of both products and the one place that turns an outcome into a message.
 */
package org.standfest.workbench.ui;
