/**
 * Snapshot providers of the host itself (reflink, btrfs, LVM, block devices) and freeze scripts.
 */
package org.standfest.replication.snapshots;
