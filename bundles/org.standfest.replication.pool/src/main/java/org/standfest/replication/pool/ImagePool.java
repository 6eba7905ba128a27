package org.standfest.replication.pool;

import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One directory with the recovery points of many systems, specified in POOL.md. Got from {@link
 * PoolOpener}.
 *
 * <p>At every instant, whatever crashes, the last committed recovery point of each system is
 * complete and verifiable. No file outside the directory is touched (but by {@link #export}, below
 * the folder it is given).
 *
 * <p>Safe for any thread; calls for different systems do not wait for each other. Expected faults
 * are outcomes. An unknown system id is refused with {@code pool.system-unknown}.
 */
public interface ImagePool extends AutoCloseable {

    /** All systems by id. */
    List<PooledSystem> systems();

    /** One system. */
    Optional<PooledSystem> system(String systemId);

    /**
     * Adds a system without a recovery point, with epoch 1. Done without change when it exists (the
     * name is updated).
     *
     * @param systemId 1 to 64 characters of {@code [a-z0-9._-]}, beginning with a letter or digit
     * @param name for people, 1 to 200 characters
     */
    Outcome<PooledSystem> addSystem(String systemId, String name);

    /**
     * Systems that could not be opened, by id, each with its reason; every call for one of them is
     * refused with it.
     */
    Map<String, Explanation> damaged();

    /**
     * Removes a system with all its recovery points, also a damaged one. Refused while somebody
     * holds it.
     */
    Outcome<Void> removeSystem(String systemId);

    /** The recovery points of a system, the newest first. */
    Outcome<List<RecoveryPoint>> points(String systemId);

    /**
     * Where the newest point of a volume lies in its native form: a raw image, or the root of a
     * tree. It is changed by the next commit; take a {@link #hold} before using it, and never write
     * to it.
     */
    Outcome<Path> newestImage(String systemId, String volume);

    /** The manifest of the newest point of a disk. */
    Outcome<DiskManifest> diskManifest(String systemId, String volume);

    /** The manifest of the newest point of a tree. */
    Outcome<TreeManifest> treeManifest(String systemId, String volume);

    /**
     * Begins or resumes the session that brings the next point; an open session of the same system
     * ends. Refused when the request contradicts itself, the epoch is not the system's ({@code
     * pool.epoch-old}, {@code pool.epoch-ahead}), the basis is not the newest point ({@code
     * pool.basis-differs}, whose first argument is the newest point's id or empty), or the disk is
     * too full ({@code pool.disk-full}). A held system may receive, but not commit.
     */
    Outcome<IncomingPoint> begin(PointRequest request);

    /**
     * Keeps the newest point as it is until the release, also over a restart. The same holder again
     * is Done.
     */
    Outcome<Hold> hold(String systemId, String holder, String reason);

    /** Ends a hold; Done also when there is none. */
    Outcome<Void> release(String systemId, String holder);

    /**
     * Raises the epoch by one, durably, and returns it: sessions of the primary before are refused
     * from now on.
     */
    Outcome<Long> raiseEpoch(String systemId);

    /**
     * Re-reads every byte of every recovery point of a system and compares it with what was
     * committed. Refused when cancelled, or when a commit overtakes it.
     */
    Outcome<VerifyReport> verify(String systemId, Progress progress);

    /**
     * Writes a recovery point in its native form: {@code <target>/<volume>.img} or {@code
     * <target>/<volume>/}. What was written is checked against the point's root hashes. On failure
     * the target is left as far as it got.
     *
     * @param number the point's number
     * @param target a folder that does not exist yet or is empty; must not lie in the pool
     */
    Outcome<RecoveryPoint> export(String systemId, long number, Path target, Progress progress);

    /**
     * Removes the oldest points, so that at most some remain, and those that something protects
     * ({@link PointRetention#prune}).
     *
     * @param count how many to keep, 1 or more (the newest always stays)
     * @return how many were removed
     */
    Outcome<Integer> keepLast(String systemId, int count);

    /** What the standby decided about a system; {@link SystemRules#NONE} before it did. */
    Outcome<SystemRules> rules(String systemId);

    /** Decides about a system; for its next session and commit. */
    Outcome<Void> setRules(String systemId, SystemRules rules);

    /**
     * Makes the prepared points of several systems ({@link IncomingPoint#prepare}) the newest of
     * theirs together: after a crash at any step either all of them are, or none. Each of them is
     * over afterwards; on a refusal (a system is held, its epoch rose, a session was taken over)
     * nothing is committed and every session can go on or be closed.
     *
     * <p>The decision is one record in the pool; what a crash left undone is finished at the next
     * opening, or when the system is used again. Once Done, all points survive power loss.
     *
     * @param groupId names the group's instant; 1 to 64 characters of {@code [A-Za-z0-9._-]}; it is
     *     in every point's description as {@code group}
     * @param prepared 1 to 1 024 prepared sessions of different systems of this pool
     * @return the points, in the order of the sessions
     */
    Outcome<List<RecoveryPoint>> commitGroup(String groupId, List<IncomingPoint> prepared);

    /** Which points stay. */
    PointRetention retention();

    /** Scrub, repair, verification. */
    PoolUpkeep upkeep();

    /** Reading points of any age. */
    PointAccess access();

    /** Where the space goes; walks the pool's directories. */
    Outcome<PoolSpace> space();

    /**
     * Ends open sessions (what they received stays) and gives the pool free for another process.
     * Idempotent.
     */
    @Override
    void close();
}
