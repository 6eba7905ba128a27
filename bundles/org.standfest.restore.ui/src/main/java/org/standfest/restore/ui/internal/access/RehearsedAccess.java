package org.standfest.restore.ui.internal.access;

import org.standfest.management.StandbyClient;
import org.standfest.management.rehearsed.RehearsedStandby;
import org.standfest.results.Outcome;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** A standby for looking around: it is only in memory and says so. */
public final class RehearsedAccess implements StandbyAccess {

    private final RehearsedStandby standby;

    /**
     * @param language language of all texts
     * @param clock its clock
     */
    public RehearsedAccess(Locale language, InstantSource clock) {
        standby = new RehearsedStandby(language, clock);
    }

    @Override
    public Optional<StandbyAddress> enrolledAt() {
        return Optional.of(new StandbyAddress("example", StandbyAddress.USUAL_PORT));
    }

    @Override
    public Outcome<StandbyAddress> enrol(StandbyAddress at, String code) {
        return Outcome.done(at);
    }

    @Override
    public Outcome<StandbyClient> open() {
        return Outcome.done(standby);
    }

    @Override
    public Outcome<Void> forget() {
        return Outcome.done();
    }
}
