package org.standfest.management;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.replication.transport.StandbyConnector;
import org.standfest.results.Outcome;
import org.standfest.trust.EnrolmentCode;
import org.standfest.trust.Identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

/**
 * The way of an operator's program to its standby: a folder with the operator's identity and the
 * standby's address. Immutable; safe for any thread. Every method may block as long as connecting
 * may take.
 */
public final class OperatorAccess {

    private static final Pattern ADDRESS =
            Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]\\s]{1,253}):([0-9]{1,5})");

    private final Path folder;
    private final Locale language;
    private final String product;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * @param folder where the identity is kept; need not exist yet
     * @param language language of all texts
     * @param product name and version of the program, for the standby's journal
     * @param clock for the validity of certificates
     * @param random for keys
     */
    public OperatorAccess(
            Path folder,
            Locale language,
            String product,
            InstantSource clock,
            SecureRandom random) {
        this.folder = Objects.requireNonNull(folder);
        this.language = Objects.requireNonNull(language);
        this.product = Objects.requireNonNull(product);
        this.clock = Objects.requireNonNull(clock);
        this.random = Objects.requireNonNull(random);
    }

    /** With the system's clock and randomness. */
    public OperatorAccess(Path folder, Locale language) {
        this(folder, language, "standfest 1.0", InstantSource.system(), new SecureRandom());
    }

    /** Whether the folder holds an identity. */
    public boolean enrolled() {
        return Identity.exists(folder);
    }

    /**
     * Trades a one-time code for an identity and keeps it, in place of one that may be there.
     *
     * @param hostPort where the standby listens, {@code host:port} or {@code [address]:port}
     * @param code what the administrator handed out, as it was typed
     * @return refused when the code or the address is none, or the standby says no
     */
    public Outcome<Void> enrol(String hostPort, String code) {
        Matcher address = ADDRESS.matcher(hostPort);
        if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
            return Outcome.refused(ManagementCodec.explain("management.no-address", hostPort));
        }
        Optional<EnrolmentCode> parsed = EnrolmentCode.parse(code);
        if (parsed.isEmpty()) {
            return Outcome.refused(ManagementCodec.explain("management.no-code"));
        }
        String host = address.group(1).replaceAll("[\\[\\]]", "");
        int port = Integer.parseInt(address.group(2));
        Identity.Newcomer newcomer = new Identity.Newcomer(parsed.get(), clock, random);
        try (StandbyConnector connector = connector(newcomer.context())) {
            return connector
                    .connect(host, port, Purpose.ENROL)
                    .then(channel -> enrol(channel, newcomer, parsed.get().secret()))
                    .then(
                            answer ->
                                    newcomer.accept(
                                            answer.certificate(), answer.authority(), host, port))
                    .then(identity -> identity.save(folder));
        }
    }

    private static Outcome<Message.EnrolAnswer> enrol(
            Channel open, Identity.Newcomer newcomer, String secret) {
        try (Channel channel = open) {
            channel.send(new Message.EnrolRequest(secret, "", newcomer.request()));
            return channel.receive() instanceof Message.EnrolAnswer answer
                    ? Outcome.done(answer)
                    : Outcome.failed(ManagementCodec.explain("management.malformed"));
        } catch (ChannelException fault) {
            return fault.toOutcome();
        }
    }

    /**
     * Connects to the standby.
     *
     * @return the client; refused when there is no identity or the standby says no, failed when it
     *     cannot be reached
     */
    public Outcome<StandbyClient> open() {
        return Identity.load(folder)
                .map(this::line)
                .then(
                        line -> {
                            Outcome<Void> connected = line.connect();
                            if (!connected.isDone()) {
                                line.close();
                            }
                            return connected.map(_ -> line);
                        })
                .map(this::client);
    }

    private Line line(Identity identity) {
        return new Line(this, identity);
    }

    private StandbyClient client(ManagementExchange line) {
        return new RemoteStandby(line, language);
    }

    private StandbyConnector connector(SSLContext context) {
        return new StandbyConnector(context, ChannelSettings.standard(), language, product);
    }

    /** A channel that takes its connector with it. */
    private static final class Line implements ManagementExchange {

        private final Identity identity;
        private final StandbyConnector connector;
        private ChannelExchange exchange;

        Line(OperatorAccess access, Identity identity) {
            this.identity = identity;
            this.connector = access.connector(identity.clientContext(access.clock, access.random));
        }

        Outcome<Void> connect() {
            return connector
                    .connect(identity.host(), identity.port(), Purpose.MANAGE)
                    .then(
                            channel -> {
                                exchange = new ChannelExchange(channel);
                                return Outcome.done();
                            });
        }

        @Override
        public Outcome<byte[]> exchange(byte[] request) {
            return exchange.exchange(request);
        }

        @Override
        public void close() {
            if (exchange != null) {
                exchange.close();
            }
            connector.close();
        }
    }
}
