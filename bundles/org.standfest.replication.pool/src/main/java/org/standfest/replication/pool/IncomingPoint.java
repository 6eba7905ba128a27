package org.standfest.replication.pool;

import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.results.Outcome;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A recovery point on its way into the pool. It starts as a copy of its basis (nothing, for the
 * first point); what is put changes it. Nothing of it is visible, and the newest point stays as it
 * is, until {@link #commit}.
 *
 * <p>Every content is checked against its hash as it arrives; a lie is refused and changes nothing.
 * Received content survives a crash: the next {@link ImagePool#begin} for the same system finds it
 * again. With the same session key also the places of disk blocks are found again ({@link
 * #stagedHash}); changes of tree entries are not, they have to be put again (they are small, and
 * {@link #lacking} then tells what content is still to be sent).
 *
 * <p>For one thread at a time. A later {@code begin} for the same system takes over: every call
 * here is then refused with {@code pool.session-over}, also after {@link #commit}, {@link #close}
 * and {@link #discard}. A volume the request did not name, or one of the other kind, is refused.
 */
public interface IncomingPoint extends AutoCloseable {

    /** What was asked for. */
    PointRequest request();

    /** Whether content of an earlier attempt was found. */
    boolean resumed();

    /**
     * The hash a disk block was given in this session, also before a break; empty when it was not
     * put yet.
     */
    Optional<BlockHash> stagedHash(String volume, long index);

    /** How many disk blocks of a volume were put in this session, also before a break. */
    long stagedBlocks(String volume);

    /**
     * Puts a block of a disk.
     *
     * @param index block number, within the size the request gave
     * @param hash the SHA-256 of the content, or the zero marker
     * @param content exactly the block's length; its position is left where it was
     */
    Outcome<Void> putBlock(String volume, long index, BlockHash hash, ByteBuffer content);

    /**
     * Puts blocks of a disk in a row whose hashes nobody knows yet.
     *
     * @param content the blocks one after the other, each of its whole length; at most 1 MiB
     * @return their hashes
     */
    Outcome<List<BlockHash>> putRow(String volume, long firstIndex, ByteBuffer content);

    /**
     * Whether the pool may have contents of this point elsewhere: in an older point of the system,
     * or in another system of the same customer.
     */
    boolean mayHaveMore();

    /**
     * Puts a block whose content the pool may have already, here or elsewhere in the system.
     *
     * @return true: it is placed; false: the pool has no such content, nothing changed, send it
     *     with {@link #putBlock}
     */
    Outcome<Boolean> putKnown(String volume, long index, BlockHash hash);

    /**
     * Reads what a block of a disk was in the basis, unchecked, into a buffer of a block's size
     * (cleared first, afterwards ready to be read from): something a sender may send only the
     * difference to.
     *
     * @return false when there is none of the length the block has now, or it was zeros
     */
    default boolean readOlder(String volume, long index, ByteBuffer target) {
        return false;
    }

    /** Makes a range of disk blocks zero. */
    Outcome<Void> putZero(String volume, long firstIndex, long count);

    /** Puts an entry of a tree, new or in place of the one that is there. */
    Outcome<Void> putEntry(String volume, TreeEntry entry);

    /** Removes an entry of a tree; everything below a directory has to be removed as well. */
    Outcome<Void> removeEntry(String volume, TreePath path);

    /**
     * Which contents the pool does not have, neither staged nor in the newest point of the system.
     * At most 65 536.
     */
    Outcome<Set<BlockHash>> lacking(Collection<BlockHash> hashes);

    /** Puts the content of a file's block, wherever it belongs. */
    Outcome<Void> putContent(BlockHash hash, ByteBuffer content);

    /**
     * Commits all volumes together: they become the newest recovery point, the one before becomes a
     * reverse delta. Refused (and the session goes on) while the system is held, when content is
     * missing, when a root differs, when the disk would get too full. Once Done, the point survives
     * power loss.
     *
     * @param roots the root hash of every volume as the agent computed it
     */
    Outcome<RecoveryPoint> commit(Map<String, BlockHash> roots, Progress progress);

    /**
     * Does everything of a commit but the decision, durably, so that the points of several systems
     * can become the newest together ({@link ImagePool#commitGroup}). Until then the session takes
     * nothing more ({@code pool.session-prepared}); {@link #close} and {@link #discard} give the
     * preparation up, also {@link #unprepare}, after which the session goes on.
     *
     * @param roots the root hash of every volume as the agent computed it
     * @param groupId as for {@link ImagePool#commitGroup}
     * @return the point as it would be committed
     */
    Outcome<RecoveryPoint> prepare(Map<String, BlockHash> roots, String groupId, Progress progress);

    /** Gives a preparation up; the session goes on. Done also when there is none. */
    Outcome<Void> unprepare();

    /**
     * Lets a small file travel with the point, such as the firmware's variables. What is not put is
     * not there, also when the point before had it.
     *
     * @param name 1 to 64 characters of {@code [a-z0-9_.-]}, beginning with a letter or digit
     * @param content at most 4 MiB; at most 16 files
     */
    Outcome<Void> putAttachment(String name, ByteBuffer content);

    /**
     * Brings a damaged block of the newest point again ({@link PoolUpkeep#wanted}). The pool's copy
     * is repaired at once, independently of the commit. For a tree the path is given, for a disk it
     * is empty.
     *
     * @return false when this block is not (or no longer) wanted or the content is not the wanted
     *     one; nothing was changed then
     */
    Outcome<Boolean> repair(WantedBlock block, ByteBuffer content);

    /** Content received in this session so far, in bytes. */
    long receivedBytes();

    /** Ends the session; what was received stays for the next one. Idempotent. */
    @Override
    void close();

    /** Ends the session and forgets what was received. */
    void discard();
}
