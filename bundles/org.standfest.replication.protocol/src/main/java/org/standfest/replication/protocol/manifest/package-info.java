/**
 * What a volume contains, block by block: hashes, disk manifests, tree manifests, and their codecs
 * with limits.
 */
package org.standfest.replication.protocol.manifest;
