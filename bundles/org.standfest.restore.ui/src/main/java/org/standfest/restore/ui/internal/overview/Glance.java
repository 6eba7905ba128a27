package org.standfest.restore.ui.internal.overview;

import org.standfest.management.OperationStatus;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.StandbyFacts;
import org.standfest.management.SystemStatus;
import org.standfest.restore.ui.internal.access.StandbyAddress;
import org.standfest.results.Explanation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was seen when the standby was last looked at. Immutable. */
public sealed interface Glance {

    /** There is no standby to look at. */
    record NotEnrolled() implements Glance {}

    /** Nobody has answered yet. */
    record Connecting(StandbyAddress at) implements Glance {}

    /**
     * The standby answered.
     *
     * @param at where
     * @param facts the standby itself
     * @param systems its systems
     * @param operations what is under way, by system id
     * @param releases what waits for a second person
     * @param seenAt when, by this program's clock
     */
    record Seen(
            StandbyAddress at,
            StandbyFacts facts,
            List<SystemStatus> systems,
            Map<String, OperationStatus> operations,
            List<ReleaseRequest> releases,
            Instant seenAt)
            implements Glance {

        /** Copies. */
        public Seen {
            systems = List.copyOf(systems);
            operations = Map.copyOf(operations);
            releases = List.copyOf(releases);
        }
    }

    /**
     * The standby does not answer.
     *
     * @param at where it should
     * @param why what happened
     * @param last what was seen before; empty if nothing
     */
    record Lost(StandbyAddress at, Explanation why, Optional<Seen> last) implements Glance {}
}
