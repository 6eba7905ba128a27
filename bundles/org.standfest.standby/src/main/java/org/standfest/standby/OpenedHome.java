package org.standfest.standby;

import org.standfest.recovery.journal.Journal;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.results.Outcome;
import org.standfest.trust.Authority;

import java.io.Closeable;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * What has to be opened in a home folder before anything can be wired.
 *
 * @param lock held as long as the standby runs
 * @param journal the journal
 * @param authority who may come
 * @param pool the image pool
 */
record OpenedHome(Closeable lock, Journal journal, Authority authority, ImagePool pool) {

    /** Opens everything, or nothing. */
    static Outcome<OpenedHome> open(StandbyHome home) {
        Clock clock = Clock.systemUTC();
        Outcome<Closeable> lock = HomeLock.take(home);
        if (!(lock instanceof Outcome.Done<Closeable>(Closeable held))) {
            return lock.map(_ -> null);
        }
        Outcome<OpenedHome> opened =
                Journal.open(home.journal(), clock)
                        .then(
                                journal ->
                                        Authority.open(
                                                        home.trust(),
                                                        clock,
                                                        new SecureRandom(),
                                                        new TrustJournal(home, journal))
                                                .then(
                                                        authority ->
                                                                pool(home, clock)
                                                                        .map(
                                                                                pool ->
                                                                                        new OpenedHome(
                                                                                                held,
                                                                                                journal,
                                                                                                authority,
                                                                                                pool))));
        if (!opened.isDone()) {
            HomeLock.giveBack(held);
        }
        return opened;
    }

    private static Outcome<ImagePool> pool(StandbyHome home, Clock clock) {
        return new PoolOpener(new LocalPoolFiles(), clock, new SecureRandom())
                .open(home.pool(), PoolSettings.DEFAULT);
    }
}
