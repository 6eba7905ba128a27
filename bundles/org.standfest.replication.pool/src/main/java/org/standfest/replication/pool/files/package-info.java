/**
 * How the pool reaches the file system: one port that a simulator can own, and careful access to
 * file trees.
 */
package org.standfest.replication.pool.files;
