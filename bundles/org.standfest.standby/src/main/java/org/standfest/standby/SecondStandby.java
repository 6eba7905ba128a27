package org.standfest.standby;

import org.standfest.replication.engine.Basis;
import org.standfest.replication.engine.BasisFolder;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.EnrolClient;
import org.standfest.replication.engine.RenewHandler;
import org.standfest.replication.engine.SessionMemory;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.SessionWork;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.replication.transport.StandbyConnector;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/**
 * A second standby, to which points of emergency operation go too: there this one is an agent like
 * any other, with an identity of its own in the folder {@code second}. Without one there is no
 * second standby. Safe for any thread, one send of a system at a time.
 */
final class SecondStandby {

    private static final String PRODUCT = "Standfest standby " + StandbyServer.VERSION;
    private static final int PAIRED_LIMIT_BYTES = 256;

    private final StandbyHome home;
    private final PoolFiles files;
    private final Clock clock;
    private final SecureRandom random;

    private SecondStandby(StandbyHome home, PoolFiles files, Clock clock, SecureRandom random) {
        this.home = home;
        this.files = files;
        this.clock = clock;
        this.random = random;
    }

    /** The one that a standby's home knows, if any. */
    static SecondStandby of(StandbyHome home, PoolFiles files) {
        return new SecondStandby(home, files, Clock.systemUTC(), new SecureRandom());
    }

    /** Whether there is one. */
    boolean there() {
        return Identity.exists(home.second());
    }

    /**
     * Makes this standby known to a second one.
     *
     * @param code an agent's code that the second one has issued
     * @return the id under which it is known there
     */
    Outcome<String> join(String host, int port, String code, String name, Locale language) {
        return new EnrolClient(ChannelSettings.standard(), language, PRODUCT, clock, random)
                .enrol(host, port, code, name)
                .then(identity -> identity.save(home.second()).map(_ -> identity.id()));
    }

    /**
     * Sends what was sent into this pool as well.
     *
     * @param work as it was sent here
     * @param sent what this pool has now
     * @param since the token since which the snapshot knows the changes; empty if it does not
     */
    Outcome<SessionSender.Sent> send(
            SessionWork work,
            SessionSender.Sent sent,
            Optional<String> since,
            Cancellation broken) {
        return Identity.load(home.second())
                .then(identity -> send(identity, work, sent, since, broken));
    }

    private Outcome<SessionSender.Sent> send(
            Identity identity,
            SessionWork work,
            SessionSender.Sent sent,
            Optional<String> since,
            Cancellation broken) {
        Path folder = home.pointsOfSecond(work.systemId());
        BasisFolder memory = new BasisFolder(folder);
        Optional<Basis> basis = memory.load();
        // What is tracked since a point of this pool is of use there only from the same point on.
        boolean inStep = since.isPresent() && since.equals(paired(folder));
        SessionWork theirs =
                new SessionWork(
                        "2" + work.sessionKey(),
                        work.systemId(),
                        work.epoch(),
                        inStep ? work.snapshot() : new UntrackedSnapshot(work.snapshot()),
                        work.volumes(),
                        basis,
                        work.machine());
        try (StandbyConnector connector =
                new StandbyConnector(
                        identity.clientContext(clock, random),
                        ChannelSettings.standard(),
                        Locale.getDefault(),
                        PRODUCT)) {
            return renewed(connector, identity)
                    .then(
                            _ ->
                                    connector.connect(
                                            identity.host(), identity.port(), Purpose.REPLICATE))
                    .then(channel -> transfer(channel, theirs, broken))
                    .then(done -> kept(memory, folder, done, sent.token()));
        }
    }

    private Outcome<Void> renewed(StandbyConnector connector, Identity identity) {
        if (!identity.dueForRenewal(clock.instant())) {
            return Outcome.done();
        }
        return connector
                .connect(identity.host(), identity.port(), Purpose.RENEW)
                .then(channel -> RenewHandler.renew(channel, identity, random))
                .then(next -> next.save(home.second()));
    }

    private Outcome<SessionSender.Sent> transfer(
            Channel channel, SessionWork work, Cancellation broken) {
        try (channel) {
            return new SessionSender(files, SessionSender.Settings.STANDARD)
                    .send(channel, work, new SessionMemory(), (_, _) -> {}, broken);
        }
    }

    private static Optional<String> paired(Path folder) {
        Path file = folder.resolve("paired");
        try {
            return Files.isRegularFile(file) && Files.size(file) <= PAIRED_LIMIT_BYTES
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Outcome<SessionSender.Sent> kept(
            BasisFolder memory, Path folder, SessionSender.Sent sent, String here) {
        try {
            // Between the two nothing is in step: the next one compares everything.
            Files.deleteIfExists(folder.resolve("paired"));
            memory.save(sent.basis());
            Files.write(folder.resolve("paired"), here.getBytes(StandardCharsets.US_ASCII));
            return Outcome.done(sent);
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-write", fault.getMessage()), fault);
        }
    }
}
