/** A small bot with SWTBot's vocabulary, until SWTBot itself is on Maven Central. */
package org.standfest.ui.tests.bot;
