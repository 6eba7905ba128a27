package org.standfest.replication.transport;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.Version;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * The standby's one port. Every connection is greeted on a virtual thread: TLS 1.3, hello,
 * admission, right purpose for the peer, welcome; then its handler serves it. Whoever has no valid
 * certificate may only enrol.
 *
 * <p>Safe for any thread.
 */
public final class StandbyListener implements AutoCloseable {

    private static final int LINGER_MILLIS = 500;

    private final String standbyId;
    private final SSLContext tls;
    private final Admission admission;
    private final Map<Purpose, ChannelHandler> handlers;
    private final ChannelSettings settings;
    private final InstantSource clock;
    private final Consumer<TransportEvent> events;
    private final Watchdog watchdog = new Watchdog("standby-watchdog");
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private volatile CountingServerSocket port;
    private volatile boolean closed;

    /**
     * @param standbyId the standby's id, told to every client
     * @param tls the standby's key and whom it trusts; client certificates are wanted, not needed
     * @param admission who the clients are
     * @param handlers who serves which purpose; a purpose without a handler is refused
     * @param events called by any thread, must not block; for the journal
     */
    public StandbyListener(
            String standbyId,
            SSLContext tls,
            Admission admission,
            Map<Purpose, ChannelHandler> handlers,
            ChannelSettings settings,
            InstantSource clock,
            Consumer<TransportEvent> events) {
        this.standbyId = standbyId;
        this.tls = tls;
        this.admission = admission;
        this.handlers = new EnumMap<>(handlers);
        this.settings = settings;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Opens the port and begins to accept.
     *
     * @param address where to listen; port 0 chooses a free one
     * @return the address that is really listened on; failed when the port is taken
     */
    public Outcome<InetSocketAddress> start(InetSocketAddress address) {
        try {
            port = new CountingServerSocket();
            port.setReuseAddress(true);
            port.bind(address, settings.connections());
            Thread.ofPlatform().daemon().name("standby-listener").start(() -> accept(port));
            return Outcome.done((InetSocketAddress) port.getLocalSocketAddress());
        } catch (IOException fault) {
            return Outcome.failed(
                    FramedChannel.TEXTS.explain(
                            "transport.port-taken",
                            address.getHostString(),
                            Integer.toString(address.getPort())),
                    fault);
        }
    }

    private static final class CountingServerSocket extends ServerSocket {

        CountingServerSocket() throws IOException {
            super();
        }

        void accept(CountingSocket into) throws IOException {
            implAccept(into);
        }
    }

    private void accept(CountingServerSocket from) {
        while (!closed) {
            try {
                Visit visit = new Visit();
                from.accept(visit.socket);
                Thread.ofVirtual().name("channel").start(visit::admitOrDrop);
            } catch (IOException fault) {
                if (!closed) {
                    events.accept(
                            new TransportEvent.TurnedAway(
                                    "?",
                                    FramedChannel.TEXTS.explain(
                                            "transport.broken", fault.toString())));
                    // Out of files or memory: trying again at once would only make it worse.
                    LockSupport.parkNanos(Duration.ofMillis(LINGER_MILLIS).toNanos());
                }
            }
        }
    }

    /** One connection from its acceptance to its end. */
    private final class Visit {

        private final CountingSocket socket = new CountingSocket();
        private SSLSocket secure;

        void admitOrDrop() {
            InetAddress address = socket.getInetAddress();
            int all = connections.incrementAndGet();
            int here = perAddress.merge(address, 1, Integer::sum);
            boolean room =
                    all <= settings.connections() && here <= settings.connectionsPerAddress();
            boolean crowded =
                    all > settings.connections() / 2 || here > settings.connectionsPerAddress() / 2;
            try (socket) {
                if (room && !closed) {
                    // a machine under load may be slow; it has to hurry only where places are short
                    greet(crowded ? settings.connect() : settings.read());
                } else {
                    turnedAway(socket, FramedChannel.TEXTS.explain("transport.full"));
                }
            } catch (RuntimeException bug) {
                // The boundary of a connection: one caller's bug must not go unheard, nor end the
                // port.
                events.accept(
                        new TransportEvent.HandlerFault(new Peer.Anonymous(), Purpose.ENROL, bug));
            } catch (IOException fault) {
                turnedAway(
                        socket,
                        FramedChannel.TEXTS.explain(
                                "transport.handshake", String.valueOf(fault.getMessage())));
            } finally {
                connections.decrementAndGet();
                perAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
            }
        }

        private void shakeHands() throws IOException {
            try {
                secure.startHandshake();
            } catch (IOException refused) {
                linger();
                throw refused;
            }
        }

        /**
         * Lets the alert arrive that says why: closing at once would reset the line and lose it.
         */
        private void linger() {
            try {
                socket.shutdownOutput();
                socket.setSoTimeout(LINGER_MILLIS);
                long until = System.nanoTime() + Duration.ofMillis(LINGER_MILLIS).toNanos();
                byte[] scrap = new byte[1024];
                InputStream in = socket.getInputStream();
                while (in.read(scrap) >= 0 && System.nanoTime() < until) {
                    continue;
                }
            } catch (IOException _) {
                // Whoever hung up already has heard enough.
                return;
            }
        }

        private void greet(Duration limit) throws IOException {
            socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
            secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, false);
            Tls.prepare(secure, true);
            try (FramedChannel channel = new FramedChannel(socket, secure, settings, limit)) {
                watchdog.watch(channel);
                shakeHands();
                Message first = channel.receive();
                if (first instanceof Message.Hello hello) {
                    answer(channel, hello, secure);
                } else {
                    turnAway(
                            channel, FramedChannel.TEXTS.explain("transport.protocol", "no hello"));
                }
            }
        }
    }

    private void answer(FramedChannel channel, Message.Hello hello, SSLSocket secure)
            throws IOException {
        Locale language = Locale.forLanguageTag(hello.language());
        channel.language(language);
        Explanation refusal = refusal(hello);
        Outcome<Peer> who =
                refusal == null ? admission.admit(chain(secure)) : Outcome.refused(refusal);
        if (who.problem().isPresent()) {
            turnAway(channel, who.problem().get());
        } else if (!mayOpen(who.orThrow(), hello.purpose())) {
            turnAway(
                    channel,
                    FramedChannel.TEXTS.explain("transport.not-allowed", hello.purpose().name()));
        } else {
            channel.greeted(who.orThrow(), hello.purpose(), language);
            channel.send(
                    new Message.Welcome(Version.MAJOR, Version.MINOR, standbyId, clock.millis()));
            serve(channel, hello);
        }
    }

    private Explanation refusal(Message.Hello hello) {
        if (hello.major() != Version.MAJOR) {
            return FramedChannel.TEXTS.explain(
                    "transport.version",
                    hello.major() + "." + hello.minor(),
                    Version.MAJOR + "." + Version.MINOR);
        }
        if (!handlers.containsKey(hello.purpose())) {
            return FramedChannel.TEXTS.explain("transport.not-allowed", hello.purpose().name());
        }
        return null;
    }

    private static boolean mayOpen(Peer peer, Purpose purpose) {
        return switch (purpose) {
            case ENROL -> true;
            case CONTROL, REPLICATE, RESTORE, COMPARE, RENEW -> peer instanceof Peer.Agent;
            case MANAGE -> peer instanceof Peer.Operator;
        };
    }

    private void serve(FramedChannel channel, Message.Hello hello) {
        long began = System.nanoTime();
        events.accept(
                new TransportEvent.Welcomed(
                        channel.remoteAddress(), channel.peer(), hello.purpose(), hello.product()));
        Explanation why = null;
        try {
            handlers.get(hello.purpose()).serve(channel);
        } catch (ChannelException end) {
            why = end.reason() == ChannelException.Reason.CLOSED ? null : end.explanation();
            if (end.reason() == ChannelException.Reason.PROTOCOL) {
                channel.refuse(end.explanation());
            }
        } catch (RuntimeException fault) {
            events.accept(new TransportEvent.HandlerFault(channel.peer(), hello.purpose(), fault));
            channel.refuse(FramedChannel.TEXTS.explain("transport.fault"));
        } finally {
            channel.close();
        }
        events.accept(
                new TransportEvent.Ended(
                        channel.peer(),
                        hello.purpose(),
                        Duration.ofNanos(System.nanoTime() - began),
                        channel.traffic(),
                        why));
    }

    private static List<X509Certificate> chain(SSLSocket secure) {
        try {
            Certificate[] chain = secure.getSession().getPeerCertificates();
            return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException _) {
            return List.of();
        }
    }

    private void turnAway(FramedChannel channel, Explanation why) {
        events.accept(new TransportEvent.TurnedAway(channel.remoteAddress(), why));
        channel.refuse(why);
    }

    private void turnedAway(Socket socket, Explanation why) {
        InetAddress address = socket.getInetAddress();
        events.accept(
                new TransportEvent.TurnedAway(
                        address == null ? "?" : address.getHostAddress() + ":" + socket.getPort(),
                        why));
    }

    /** Breaks all channels of a peer, for example after its certificate was revoked. */
    public void disconnect(String peerId) {
        watchdog.channels().stream()
                .filter(channel -> channel.peer().id().equals(peerId))
                .forEach(FramedChannel::sever);
    }

    /** Closes the port and breaks all channels. Never throws; idempotent. */
    @Override
    public void close() {
        closed = true;
        if (port != null) {
            try {
                port.close();
            } catch (IOException _) {
                closed = true;
            }
        }
        watchdog.channels().forEach(FramedChannel::sever);
        watchdog.close();
    }
}
