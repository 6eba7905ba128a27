/** The nouns of the wire: messages, their limits and their bytes, as PROTOCOL.md specifies them. */
package org.standfest.replication.protocol;
