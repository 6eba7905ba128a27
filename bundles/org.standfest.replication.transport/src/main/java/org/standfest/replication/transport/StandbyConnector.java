package org.standfest.replication.transport;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.Version;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.Locale;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Opens channels to a standby: for agents, operators and newcomers. Whether the standby is the
 * right one is decided by the TLS context's trust manager. Safe for any thread; one connector
 * serves many channels.
 */
public final class StandbyConnector implements AutoCloseable {

    private final SSLContext tls;
    private final ChannelSettings settings;
    private final Locale language;
    private final String product;
    private final Watchdog watchdog = new Watchdog("connector-watchdog");

    /**
     * @param tls the client's identity (or none, to enrol) and whom it trusts
     * @param language the language in which the standby is to explain refusals
     * @param product name and version, for the standby's journal
     */
    public StandbyConnector(
            SSLContext tls, ChannelSettings settings, Locale language, String product) {
        this.tls = tls;
        this.settings = settings;
        this.language = language;
        this.product = product;
    }

    /**
     * Connects, shakes hands and greets.
     *
     * @return the channel; refused when the standby or its certificate says no; failed when it
     *     cannot be reached
     */
    public Outcome<Channel> connect(String host, int port, Purpose purpose) {
        Attempt current = new Attempt();
        try (current) {
            return current.open(host, port, purpose);
        } catch (ChannelException fault) {
            Explanation tlsRefusal = tlsRefusal(fault.getCause());
            return tlsRefusal == null ? fault.toOutcome() : Outcome.refused(tlsRefusal);
        } catch (SSLException fault) {
            Explanation tlsRefusal = tlsRefusal(fault);
            return tlsRefusal == null
                    ? Outcome.failed(FramedChannel.TEXTS.explain("transport.broken", host), fault)
                    : Outcome.refused(tlsRefusal);
        } catch (SocketTimeoutException fault) {
            return Outcome.failed(
                    FramedChannel.TEXTS.explain("transport.silent", host + ":" + port), fault);
        } catch (IOException | IllegalArgumentException fault) {
            return Outcome.failed(
                    current.connected()
                            ? FramedChannel.TEXTS.explain("transport.broken", host)
                            : FramedChannel.TEXTS.explain(
                                    "transport.unreachable", host, Integer.toString(port)),
                    fault);
        }
    }

    /** One try to connect; owns its socket until a channel is handed over. */
    private final class Attempt implements AutoCloseable {

        private final CountingSocket raw = new CountingSocket();
        private SSLSocket secure;
        private FramedChannel channel;
        private boolean handedOver;

        Outcome<Channel> open(String host, int port, Purpose purpose) throws IOException {
            int limitMillis = Math.toIntExact(settings.connect().toMillis());
            raw.connect(new InetSocketAddress(host, port), limitMillis);
            // who has answered may be busy: from here on silence lasts as long as on any line
            secure = (SSLSocket) tls.getSocketFactory().createSocket(raw, host, port, true);
            Tls.prepare(secure, false);
            channel = new FramedChannel(raw, secure, settings, settings.read());
            Outcome<Channel> outcome = greeting(channel, secure, purpose);
            handedOver = outcome.isDone();
            return outcome;
        }

        boolean connected() {
            return raw.isConnected();
        }

        @Override
        public void close() throws IOException {
            if (!handedOver) {
                raw.close();
            }
        }
    }

    private Outcome<Channel> greeting(FramedChannel channel, SSLSocket secure, Purpose purpose)
            throws IOException {
        watchdog.watch(channel);
        secure.startHandshake();
        try {
            channel.send(
                    new Message.Hello(
                            Version.MAJOR,
                            Version.MINOR,
                            purpose,
                            language.toLanguageTag(),
                            product));
        } catch (ChannelException unsent) {
            throw reasonFor(unsent, channel);
        }
        Message answer = channel.receive();
        if (!(answer instanceof Message.Welcome welcome)) {
            channel.close();
            return Outcome.failed(FramedChannel.TEXTS.explain("transport.protocol", "no welcome"));
        }
        if (welcome.major() != Version.MAJOR) {
            channel.close();
            return Outcome.refused(
                    FramedChannel.TEXTS.explain(
                            "transport.version",
                            Version.MAJOR + "." + Version.MINOR,
                            welcome.major() + "." + welcome.minor()));
        }
        channel.greeted(new Peer.Standby(welcome.standbyId()), purpose, language);
        return Outcome.done(channel);
    }

    /**
     * A standby that refuses the identity hangs up before the hello; its alert may still be read.
     */
    private static ChannelException reasonFor(ChannelException unsent, FramedChannel channel) {
        try {
            channel.receive();
            return unsent;
        } catch (ChannelException alert) {
            return alert.getCause() instanceof SSLException ? alert : unsent;
        }
    }

    /** What a failed handshake means in words; {@code null} when it was no refusal. */
    private static Explanation tlsRefusal(Throwable fault) {
        if (!(fault instanceof SSLException)) {
            return null;
        }
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return FramedChannel.TEXTS.explain(
                        "transport.standby-unknown", String.valueOf(cause.getMessage()));
            }
        }
        String text = String.valueOf(fault.getMessage());
        if (text.contains("protocol_version")) {
            return FramedChannel.TEXTS.explain("transport.tls-version");
        }
        if (text.contains("certificate")
                || text.contains("unknown_ca")
                || text.contains("access_denied")) {
            return FramedChannel.TEXTS.explain("transport.identity-refused");
        }
        return null;
    }

    /** Breaks all channels that are still open. Never throws; idempotent. */
    @Override
    public void close() {
        watchdog.channels().forEach(FramedChannel::sever);
        watchdog.close();
    }
}
