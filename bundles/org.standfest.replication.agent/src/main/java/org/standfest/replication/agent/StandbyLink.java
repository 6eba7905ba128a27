package org.standfest.replication.agent;

import org.standfest.replication.engine.RenewHandler;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.replication.transport.StandbyConnector;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Connections to this agent's standby, with the identity it has; renews that before it ends. Safe
 * for any thread.
 */
final class StandbyLink implements Line, AutoCloseable {

    private static final Duration BETWEEN_TRIES = Duration.ofHours(1);

    private final Path folder;
    private final ChannelSettings settings;
    private final Locale language;
    private final String product;
    private final InstantSource clock;
    private final SecureRandom random;
    private final List<StandbyConnector> connectors = new CopyOnWriteArrayList<>();
    private volatile Identity identity;
    private volatile StandbyConnector connector;
    private Instant nextTry = Instant.MIN;

    /**
     * @param folder where the identity is kept
     */
    StandbyLink(
            Path folder,
            Identity identity,
            ChannelSettings settings,
            Locale language,
            String product,
            InstantSource clock,
            SecureRandom random) {
        this.folder = folder;
        this.settings = settings;
        this.language = language;
        this.product = product;
        this.clock = clock;
        this.random = random;
        use(identity);
    }

    private void use(Identity now) {
        identity = now;
        connector =
                new StandbyConnector(now.clientContext(clock, random), settings, language, product);
        connectors.add(connector);
    }

    String host() {
        return identity.host();
    }

    int port() {
        return identity.port();
    }

    @Override
    public Outcome<Channel> open(Purpose purpose) {
        return connector.connect(identity.host(), identity.port(), purpose);
    }

    /**
     * Renews the identity when it is time, at most one try an hour. Lines that stand keep standing.
     *
     * @return what went wrong, if something did; the old identity is then used on
     */
    synchronized Optional<Explanation> renewWhenDue() {
        Instant now = clock.instant();
        // A clock that was put back must not put the next try off for years.
        boolean waiting =
                now.isBefore(nextTry)
                        && Duration.between(now, nextTry).compareTo(BETWEEN_TRIES) <= 0;
        if (waiting || !identity.dueForRenewal(now)) {
            return Optional.empty();
        }
        nextTry = now.plus(BETWEEN_TRIES);
        Outcome<Identity> renewed =
                open(Purpose.RENEW)
                        .then(channel -> RenewHandler.renew(channel, identity, random))
                        .then(next -> next.save(folder).map(_ -> next));
        renewed.result().ifPresent(this::use);
        return renewed.problem();
    }

    @Override
    public void close() {
        connectors.forEach(StandbyConnector::close);
    }
}
