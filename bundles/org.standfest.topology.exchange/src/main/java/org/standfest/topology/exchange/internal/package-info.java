/** One reader or writer for each foreign format, within limits. */
package org.standfest.topology.exchange.internal;
