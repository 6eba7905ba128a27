/** The contract of where replicated volumes come from, and of where a returning system lands. */
package org.standfest.replication.source;
