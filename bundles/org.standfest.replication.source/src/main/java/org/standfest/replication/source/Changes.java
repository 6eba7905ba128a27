package org.standfest.replication.source;

import org.standfest.results.Explanation;

import java.util.List;

/** What a provider knows about changes since a basis. */
public sealed interface Changes {

    /**
     * Exactly these ranges may differ from the basis, everything else is certainly equal.
     *
     * @param ranges ascending, without overlap, within the disk's size; empty when nothing changed
     */
    record Tracked(List<ByteRange> ranges) implements Changes {

        /** Copies. */
        public Tracked {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * Not known: the engine reads everything allocated and compares hashes.
     *
     * @param reason why, for the session's report (no basis, bitmap lost, machine restarted,
     *     provider cannot track)
     */
    record Unknown(Explanation reason) implements Changes {}
}
