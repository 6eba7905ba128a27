package org.standfest.replication.source;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * The volumes of one system as they were at one instant. Views stay valid and unchanged until
 * {@link #close()}.
 *
 * <p>Reading is safe for several threads, the rest for one. Life: taken, read, {@link #settle
 * settled} once, closed. A snapshot that is closed without having been settled counts as abandoned.
 */
public interface Snapshot extends AutoCloseable {

    /** The instant all volumes show, by the provider's clock, at least to the millisecond. */
    Instant takenAt();

    /**
     * The view of a disk.
     *
     * @param volume name of a requested volume of kind DISK; another name is a bug
     *     (IllegalArgumentException)
     */
    DiskView disk(String volume);

    /**
     * The root of a tree. The files below it may still change where the provider says {@link
     * #frozen()} false.
     *
     * @param volume name of a requested volume of kind TREE; another name is a bug
     *     (IllegalArgumentException)
     */
    Path tree(String volume);

    /**
     * Whether nothing can change below the views; false for plain folders and files without any
     * snapshot.
     */
    boolean frozen();

    /**
     * What the state is worth to the applications in it, as far as this provider knows: the agent
     * raises it where it held the applications still.
     */
    default Consistency consistency() {
        return frozen() ? Consistency.CRASH : Consistency.NONE;
    }

    /**
     * What the session's report is to say about this snapshot, with keys of {@link SourceFacts} or
     * the provider's own; at most 64.
     */
    default Map<String, String> facts() {
        return Map.of();
    }

    /**
     * What the provider knows about the machine the volumes belong to, in the keys of the
     * hypervisor contract; travels with the recovery point. At most 256 entries and 64 KiB
     * together; empty when nothing is known.
     */
    Map<String, String> machine();

    /**
     * Small files that travel with the state, such as what the machine's firmware remembers: their
     * names (1 to 64 characters of {@code [a-z0-9_.-]}, beginning with a letter or digit) and
     * contents. At most 16, each of at most 4 MiB; empty for sources that have none.
     */
    default Map<String, byte[]> attachments() {
        return Map.of();
    }

    /**
     * The session ended. Committed: from now on changes are tracked since this snapshot, under the
     * given token, and the tracking of the former basis can go. Abandoned: the former basis and its
     * tracking stay as they were.
     *
     * <p>May fail silently only towards "tracking is lost", which the next {@link
     * DiskView#changes()} then says.
     */
    void settle(Settlement settlement);

    /** Lets go of the views and everything that was set up for them. Never throws; idempotent. */
    @Override
    void close();

    /** How a session ended. */
    sealed interface Settlement {

        /**
         * The recovery point is durable at the receiver.
         *
         * @param token what the next request's basis will be called; at most 64 characters of
         *     {@code [A-Za-z0-9-]}
         */
        record Committed(String token) implements Settlement {}

        /** Nothing came of it. */
        record Abandoned() implements Settlement {}
    }
}
