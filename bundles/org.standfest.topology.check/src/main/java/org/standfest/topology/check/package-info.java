/** The rules that come with Standfest, and what runs them together with those of partners. */
package org.standfest.topology.check;
