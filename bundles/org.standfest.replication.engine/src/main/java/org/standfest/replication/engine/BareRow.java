package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;

/**
 * Blocks of a disk in a row, none of them zeros, whose hashes the receiver takes.
 *
 * @param content the blocks one after the other; all but the last have {@link Blocks#SIZE} bytes
 * @param checksum CRC-32C of the content
 * @param sample the hash of the first block, to see whether the receiver tells the truth; {@code
 *     null} for most rows
 */
record BareRow(long firstBlock, byte[] content, int checksum, BlockHash sample) {

    int blocks() {
        return (content.length + Blocks.SIZE - 1) / Blocks.SIZE;
    }
}
