package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.replication.transport.StandbyConnector;
import org.standfest.results.Outcome;
import org.standfest.trust.EnrolmentCode;
import org.standfest.trust.Identity;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** A newcomer's way to an identity: trades a code that a person typed. Safe for any thread. */
public final class EnrolClient {

    private final ChannelSettings settings;
    private final Locale language;
    private final String product;
    private final InstantSource clock;
    private final SecureRandom random;

    /** With everything that comes from outside. */
    public EnrolClient(
            ChannelSettings settings,
            Locale language,
            String product,
            InstantSource clock,
            SecureRandom random) {
        this.settings = settings;
        this.language = language;
        this.product = product;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Enrols. Nothing is stored yet; call {@link Identity#save}.
     *
     * @param typedCode the code as typed
     * @param name the machine or person, for the journal
     */
    public Outcome<Identity> enrol(String host, int port, String typedCode, String name) {
        Optional<EnrolmentCode> code = EnrolmentCode.parse(typedCode);
        if (code.isEmpty()) {
            return Outcome.refused(Faults.TEXTS.explain("engine.code-mistyped"));
        }
        Identity.Newcomer newcomer = new Identity.Newcomer(code.get(), clock, random);
        try (StandbyConnector connector =
                new StandbyConnector(newcomer.context(), settings, language, product)) {
            return connector
                    .connect(host, port, Purpose.ENROL)
                    .then(channel -> trade(channel, newcomer, code.get(), name, host, port));
        }
    }

    private static Outcome<Identity> trade(
            Channel channel,
            Identity.Newcomer newcomer,
            EnrolmentCode code,
            String name,
            String host,
            int port) {
        try (channel) {
            channel.send(new Message.EnrolRequest(code.secret(), name, newcomer.request()));
            if (channel.receive() instanceof Message.EnrolAnswer answer) {
                return newcomer.accept(answer.certificate(), answer.authority(), host, port);
            }
            throw Faults.protocol("no answer to the request to enrol");
        } catch (ChannelException fault) {
            return fault.toOutcome();
        }
    }
}
