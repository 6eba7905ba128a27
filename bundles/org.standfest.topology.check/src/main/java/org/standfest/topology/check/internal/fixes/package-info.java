/** The ways out of what the built-in rules find. */
package org.standfest.topology.check.internal.fixes;
