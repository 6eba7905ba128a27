package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * What a receiver writes into. Everything that is not Done ends the session with a refusal to the
 * sender. For one thread.
 */
interface SessionStore extends AutoCloseable {

    /** What the sender is told when the session begins. */
    Message.SessionReady ready();

    /** Writes the manifest of the basis of a volume. */
    void writeManifest(int volume, OutputStream out) throws IOException;

    /** Which of some offered blocks are lacking; those that are not are in place. */
    Outcome<BitSet> lacking(int volume, List<Long> indices, List<BlockHash> hashes);

    /**
     * Reads the older content of a block of a disk, of the length it has now, into a cleared buffer
     * of a block's size, ready to be read from; false when there is none worth anything.
     */
    default boolean older(int volume, long index, ByteBuffer target) {
        return false;
    }

    /**
     * Blocks that rotted in the store and that the sender should bring again, whether they changed
     * or not: volume number to indices; in a tree they are {@link TreeNumbers}. Asked once, before
     * anything is put.
     */
    default Map<Integer, List<Long>> damaged() {
        return Map.of();
    }

    /** Puts a block; its content is checked against the hash. */
    Outcome<Void> block(int volume, long index, BlockHash hash, ByteBuffer content);

    /**
     * Puts blocks of a disk in a row whose hashes nobody knows yet, and takes these; only where
     * {@link #ready} offered it.
     */
    default Outcome<List<BlockHash>> row(int volume, long firstBlock, ByteBuffer content) {
        throw new UnsupportedOperationException("blocks without hashes");
    }

    /** Makes blocks zero. */
    Outcome<Void> zero(int volume, long firstBlock, long blocks);

    /** Changes an entry of a tree. */
    Outcome<Void> change(int volume, TreeChange change);

    /**
     * Puts a small file that travels with the state. A store that is a machine of its own leaves
     * it: its firmware has its own memory.
     */
    default Outcome<Void> attachment(String name, ByteBuffer content) {
        return Outcome.done();
    }

    /**
     * Makes it durable if the roots are these.
     *
     * @param group empty: and a state of its own at once; otherwise only prepared, for a decision
     *     about the whole group
     */
    Outcome<Stored> commit(List<BlockHash> roots, String group);

    /**
     * Ends the session; what was received stays for the next connection where the store can keep
     * it. Never throws.
     */
    @Override
    void close();

    /**
     * A committed state.
     *
     * @param prepared whether it waits for its group
     */
    record Stored(String token, boolean prepared, Map<String, String> facts) {}
}
