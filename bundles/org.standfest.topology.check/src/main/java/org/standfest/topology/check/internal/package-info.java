/** The single rules, each about one theme, with their texts. */
package org.standfest.topology.check.internal;
