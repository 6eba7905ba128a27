package org.standfest.replication.simulation.machine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.MessageCodec;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.WireException;
import org.standfest.replication.protocol.WireWriter;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelException.Reason;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A line between two processes, with the production codec, delay, back-pressure, and an end that
 * may come at any frame: what is under way then arrives in part, and the two ends learn of it at
 * different times.
 */
public final class Line {

    private static final Catalog TEXTS = Catalog.beside(Channel.class);
    private static final int FLUSH_AT_BYTES = 64 * 1024;
    private static final int HEAD_BYTES = MessageCodec.HEAD_BYTES;

    private final Scheduler scheduler;
    private final SimClock clock;
    private final LineRules rules;
    private final Purpose purpose;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final End client;
    private final End server;
    private long frames;
    private long cutAt = Long.MAX_VALUE;
    private double cutPart;
    private boolean cut;

    /**
     * A line that stands.
     *
     * @param agent who the server sees
     * @param clientAlive whether the client's process lives
     * @param serverAlive whether the server's process lives
     */
    public Line(
            Scheduler scheduler,
            SimClock clock,
            LineRules rules,
            Purpose purpose,
            Peer agent,
            BooleanSupplier clientAlive,
            BooleanSupplier serverAlive) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.rules = rules;
        this.purpose = purpose;
        this.client = new End(new Peer.Standby("standby"), clientAlive);
        this.server = new End(agent, serverAlive);
        client.other = server;
        server.other = client;
    }

    /** The end of whoever opened the line. */
    public Channel client() {
        return client;
    }

    /** The end of whoever was called. */
    public Channel server() {
        return server;
    }

    /**
     * The line breaks at a later frame.
     *
     * @param frame which one, counted from now
     * @param part how much of what is under way still arrives, 0 to 1
     */
    public void cutAfter(long frame, double part) {
        cutAt = frames + frame;
        cutPart = part;
    }

    /** One of the ends, or both, change what they send. */
    public void tamper(Tamper byClient, Tamper byServer) {
        client.tamper = byClient;
        server.tamper = byServer;
    }

    /** A process is gone; the other side is told by its machine, or by nobody. */
    public void fell(boolean clientFell, boolean power) {
        End gone = clientFell ? client : server;
        lock.lock();
        try {
            gone.fail(Reason.BROKEN);
        } finally {
            lock.unlock();
        }
        Duration told = power ? rules.patience() : rules.latency();
        End left = gone.other;
        scheduler.after(told, () -> left.failLater(power ? Reason.TIMEOUT : Reason.BROKEN));
    }

    private static ChannelException exception(Reason reason) {
        String code =
                switch (reason) {
                    case TIMEOUT -> "transport.silent";
                    case CLOSED -> "transport.closed";
                    default -> "transport.broken";
                };
        return new ChannelException(reason, TEXTS.explain(code, "simulated"), null);
    }

    /** One end. */
    private final class End implements Channel {

        private final Peer peer;
        private final BooleanSupplier alive;
        private final MessageCodec codec = new MessageCodec();
        private final Deque<byte[]> arrived = new ArrayDeque<>();
        private final Deque<byte[]> pending = new ArrayDeque<>();
        private final Condition changed = lock.newCondition();
        private End other;
        private Tamper tamper = Tamper.NONE;
        private int pendingBytes;
        private int underWay;
        private int framesUnderWay;
        private int stillArrive;
        private long lastArrival;
        private long sent;
        private long received;
        private boolean closed;
        private Reason failure;

        End(Peer peer, BooleanSupplier alive) {
            this.peer = peer;
            this.alive = alive;
        }

        @Override
        public Peer peer() {
            return peer;
        }

        @Override
        public Purpose purpose() {
            return purpose;
        }

        @Override
        public Locale language() {
            return Locale.ENGLISH;
        }

        @Override
        public String remoteAddress() {
            return "192.0.2.1:4711";
        }

        @Override
        public void send(Message message) throws ChannelException {
            write(message, true);
        }

        @Override
        public void enqueue(Message message) throws ChannelException {
            write(message, false);
        }

        @Override
        public void flush() throws ChannelException {
            write(null, true);
        }

        private void write(Message message, boolean now) throws ChannelException {
            Thread.yield();
            lock.lock();
            try {
                check();
                if (message != null) {
                    add(message);
                }
                if (now || pendingBytes >= FLUSH_AT_BYTES) {
                    while (!pending.isEmpty()) {
                        while (underWay > rules.bufferBytes()) {
                            changed.awaitUninterruptibly();
                            check();
                        }
                        dispatch(pending.removeFirst());
                    }
                    pendingBytes = 0;
                }
            } finally {
                lock.unlock();
            }
        }

        private void add(Message message) {
            WireWriter out = new WireWriter(256);
            codec.encode(message, out);
            byte[] frame = new byte[out.size()];
            System.arraycopy(out.memory(), 0, frame, 0, frame.length);
            for (byte[] sending : tamper.send(frame)) {
                pending.add(sending);
                pendingBytes += sending.length;
            }
        }

        private void dispatch(byte[] frame) {
            sent += frame.length;
            frames++;
            if (cut) {
                return;
            }
            if (frames >= cutAt) {
                breakUp();
                return;
            }
            underWay += frame.length;
            framesUnderWay++;
            long start = Math.max(clock.getAsLong(), lastArrival);
            lastArrival = start + frame.length * 1_000_000_000L / rules.bytesPerSecond();
            long wait = lastArrival + rules.latency().toNanos() - clock.getAsLong();
            scheduler.after(Duration.ofNanos(wait), () -> other.arrive(frame));
        }

        /** One end is told soon, the other perhaps only by silence. */
        private void breakUp() {
            cut = true;
            stillArrive = (int) (cutPart * framesUnderWay);
            other.stillArrive = (int) (cutPart * other.framesUnderWay);
            boolean quiet = cutPart < 0.3;
            scheduler.after(rules.latency(), () -> failLater(Reason.BROKEN));
            scheduler.after(
                    quiet ? rules.patience() : rules.latency().multipliedBy(3),
                    () -> other.failLater(quiet ? Reason.TIMEOUT : Reason.BROKEN));
        }

        private void arrive(byte[] frame) {
            lock.lock();
            try {
                other.underWay -= frame.length;
                other.framesUnderWay--;
                other.changed.signalAll();
                if (cut && other.stillArrive-- <= 0) {
                    return;
                }
                received += frame.length;
                arrived.add(frame);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void failLater(Reason why) {
            lock.lock();
            try {
                fail(why);
            } finally {
                lock.unlock();
            }
        }

        private void fail(Reason why) {
            if (failure == null) {
                failure = why;
            }
            changed.signalAll();
        }

        private void check() throws ChannelException {
            if (!alive.getAsBoolean()) {
                throw exception(Reason.BROKEN);
            }
            if (closed) {
                throw exception(Reason.CLOSED);
            }
            if (failure != null && failure != Reason.CLOSED) {
                throw exception(failure);
            }
        }

        @Override
        public Message receive() throws ChannelException {
            Message message = receiveOrRefusal();
            if (message
                    instanceof
                    Message.Refusal(String code, String happened, String meaning, String next)) {
                throw new ChannelException(
                        Reason.REFUSED, Explanation.rendered(code, happened, meaning, next), null);
            }
            return message;
        }

        @Override
        public Message receiveOrRefusal() throws ChannelException {
            Thread.yield();
            lock.lock();
            try {
                while (arrived.isEmpty()) {
                    check();
                    if (failure == Reason.CLOSED) {
                        throw exception(Reason.CLOSED);
                    }
                    changed.awaitUninterruptibly();
                }
                if (!alive.getAsBoolean() || closed) {
                    throw exception(closed ? Reason.CLOSED : Reason.BROKEN);
                }
                byte[] frame = arrived.removeFirst();
                Message message =
                        codec.decode(
                                frame[HEAD_BYTES - 1] & 0xff,
                                ByteBuffer.wrap(frame, HEAD_BYTES, frame.length - HEAD_BYTES)
                                        .slice());
                if (message instanceof Message.Goodbye) {
                    fail(Reason.CLOSED);
                    throw exception(Reason.CLOSED);
                }
                return message;
            } catch (WireException wrong) {
                throw new ChannelException(
                        Reason.PROTOCOL,
                        TEXTS.explain("transport.protocol", wrong.getMessage()),
                        wrong);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Traffic traffic() {
            return new Traffic(sent, received);
        }

        @Override
        public void refuse(Explanation why) {
            lastWords(
                    new Message.Refusal(
                            why.code(),
                            why.happened(Locale.ENGLISH),
                            why.meaning(Locale.ENGLISH),
                            why.next(Locale.ENGLISH)));
        }

        @Override
        public void close() {
            lastWords(new Message.Goodbye(""));
        }

        private void lastWords(Message message) {
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                if (underWay > rules.bufferBytes()) {
                    // nobody reads: hung up without a word
                    End left = other;
                    scheduler.after(rules.latency(), () -> left.failLater(Reason.BROKEN));
                } else if (alive.getAsBoolean() && failure == null) {
                    add(message);
                    pending.forEach(this::dispatch);
                    pending.clear();
                }
            } finally {
                closed = true;
                arrived.clear();
                changed.signalAll();
                lock.unlock();
            }
        }

        @Override
        public boolean closed() {
            return closed || failure != null || !alive.getAsBoolean();
        }
    }
}
