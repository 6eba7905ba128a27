package org.standfest.restore.ui.internal.guide;

import org.standfest.management.OperationStatus;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.StandbyClient;
import org.standfest.management.WindowView;
import org.standfest.workbench.ui.look.HumanTime;

import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** What a standby tells, or in its place what a test wants to see on a page. */
record KnownFacts(
        Optional<OperationStatus> operation,
        Optional<WindowView> window,
        Optional<ReleaseRequest> release) {

    static final KnownFacts TOLD =
            new KnownFacts(Optional.empty(), Optional.empty(), Optional.empty());

    static KnownFacts of(OperationStatus operation) {
        return new KnownFacts(Optional.of(operation), Optional.empty(), Optional.empty());
    }

    static KnownFacts of(OperationStatus operation, WindowView window) {
        return new KnownFacts(Optional.of(operation), Optional.of(window), Optional.empty());
    }

    static KnownFacts of(ReleaseRequest release) {
        return new KnownFacts(Optional.empty(), Optional.empty(), Optional.of(release));
    }

    /** The page of a guide, with all the rest as the standby tells it. */
    GuidePage page(StandbyClient standby, GuideState state, Locale language) {
        GuideFacts read = GuideReader.read(standby, state).orThrow();
        GuideFacts facts =
                new GuideFacts(
                        read.standby(),
                        read.system(),
                        read.plan(),
                        read.readiness(),
                        operation.or(read::operation),
                        read.proof(),
                        read.picture(),
                        read.contacts(),
                        read.forecast(),
                        window.or(read::window),
                        release.or(read::release));
        return new GuideWriter(new HumanTime(language, ZoneOffset.UTC)).page(state, facts);
    }
}
