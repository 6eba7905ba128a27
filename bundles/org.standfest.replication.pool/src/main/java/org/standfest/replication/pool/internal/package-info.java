/** The pool's format and its crash-safe procedures, as POOL.md describes them. */
package org.standfest.replication.pool.internal;
