/** The patterns that come with Standfest: the ways of its ancestors to keep systems alive. */
package org.standfest.patterns.standard;
