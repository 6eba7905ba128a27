/** The single rules, each about one theme, and the ways out of what they find, with their texts. */
package org.standfest.topology.check.internal;
