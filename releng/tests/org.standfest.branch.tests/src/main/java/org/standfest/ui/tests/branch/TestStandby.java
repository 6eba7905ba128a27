package org.standfest.ui.tests.branch;

import org.standfest.management.ManagementCall;
import org.standfest.management.ManagementDesk;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.management.rehearsed.RehearsedStandby;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.Right;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.replication.transport.StandbyListener;
import org.standfest.trust.Authority;
import org.standfest.trust.Grant;
import org.standfest.trust.Issued;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/**
 * A standby with a real authority, a real TLS port and the real management wire; only the systems
 * behind it are the rehearsed ones.
 */
final class TestStandby implements AutoCloseable {

    private final Authority authority;
    private final StandbyListener listener;
    private final StandbyClient systems;
    private final SecondPerson second;
    private final int port;

    TestStandby(Path home, int wantedPort) {
        InstantSource clock = InstantSource.system();
        authority = Authority.open(home, clock, new SecureRandom(), event -> {}).orThrow();
        systems = new RehearsedStandby(Locale.ENGLISH, clock);
        second = new SecondPerson(systems, clock);
        listener =
                new StandbyListener(
                        authority.standbyId(),
                        authority.serverContext(),
                        authority::admit,
                        Map.of(Purpose.ENROL, this::enrol, Purpose.MANAGE, this::manage),
                        ChannelSettings.standard(),
                        clock,
                        event -> {});
        port = listener.start(new InetSocketAddress("127.0.0.1", wantedPort)).orThrow().getPort();
    }

    int port() {
        return port;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** A code for one operator. */
    String code() {
        return authority
                .invite("clerk", Grant.operator(Right.ACTIVATE), Duration.ofMinutes(10))
                .orThrow()
                .code()
                .text();
    }

    /** What needs a second person. */
    SecondPerson second() {
        return second;
    }

    private void enrol(Channel channel) throws ChannelException {
        if (channel.receive()
                instanceof Message.EnrolRequest(String secret, String name, byte[] request)) {
            Issued issued = authority.enrol(secret, request, channel.remoteAddress()).orThrow();
            try {
                channel.send(
                        new Message.EnrolAnswer(
                                issued.peer().id(),
                                name,
                                issued.certificate().getEncoded(),
                                issued.authority().getEncoded()));
            } catch (CertificateEncodingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private void manage(Channel channel) throws ChannelException {
        ManagementDesk desk = new ManagementDesk(new Behind(second.standby()));
        while (channel.receive() instanceof Message.ManageRequest(long id, byte[] json)) {
            channel.send(new Message.ManageAnswer(id, desk.answer(json)));
        }
    }

    @Override
    public void close() {
        listener.close();
        systems.close();
    }

    /** The rehearsed systems, whoever asks. */
    private record Behind(StandbyClient standby) implements ManagementDesk.Behind {

        @Override
        public Role role() {
            return Role.ACTIVATE;
        }

        @Override
        public StandbyClient speaking(Locale language) {
            return standby;
        }

        @Override
        public void heard(ManagementCall call, boolean allowed) {
            // Nothing is journaled here.
        }
    }
}
