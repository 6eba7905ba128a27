package org.standfest.restore.ui.internal.overview;

import org.standfest.management.Action;
import org.standfest.management.SystemStatus;
import org.standfest.management.guide.GuideKind;
import org.standfest.restore.ui.internal.guide.GuideState;

import java.util.Optional;

/** Where a guide begins. Stateless. */
public final class Guides {

    private Guides() {}

    /** The guide that leads to an action; empty for an action that needs one question only. */
    public static Optional<GuideState> leadingTo(String systemId, Action action) {
        Optional<GuideKind> kind =
                action == Action.REPORT_OUTAGE
                        ? Optional.of(GuideKind.RESTORE)
                        : GuideKind.of(action);
        return kind.map(it -> GuideState.begin(systemId, it));
    }

    /** The page of what is under way for a system. */
    public static Optional<GuideState> following(Glance.Seen seen, String systemId) {
        return seen.systems().stream()
                .filter(system -> system.id().equals(systemId))
                .findFirst()
                .flatMap(system -> following(seen, system));
    }

    /** The page of the first recovery that is under way. */
    public static Optional<GuideState> underWay(Glance.Seen seen) {
        return seen.systems().stream()
                .flatMap(system -> following(seen, system).stream())
                .findFirst();
    }

    private static Optional<GuideState> following(Glance.Seen seen, SystemStatus system) {
        return Optional.ofNullable(seen.operations().get(system.id()))
                .filter(operation -> !operation.state().finished())
                .flatMap(operation -> GuideState.following(system, operation));
    }
}
