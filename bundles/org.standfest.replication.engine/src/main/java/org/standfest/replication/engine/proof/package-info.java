/** Compares a source with the pool: both read again and tell each other hashes, no content. */
package org.standfest.replication.engine.proof;
