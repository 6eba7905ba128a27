package org.standfest.replication.transport;

import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.MessageCodec;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.WireException;
import org.standfest.replication.protocol.WireWriter;
import org.standfest.replication.transport.ChannelException.Reason;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLSocket;

/** A channel over one TLS socket. */
final class FramedChannel implements Channel {

    static final Catalog TEXTS = Catalog.beside(FramedChannel.class);
    private static final int FLUSH_AT_BYTES = 64 * 1024;
    private static final int SMALL_BYTES = 4 * 1024;

    /** As much as TLS gives at a time; larger pieces then come without being copied once more. */
    private static final int READ_BYTES = 16 * 1024;

    private static final byte[] NOTHING = {};
    private static final int SCRAP_BYTES = 8 * 1024;

    /** A block and what is said about it. */
    private static final int FRAME_ROOM_BYTES = Limits.BLOCK_BYTES + 1024;

    private static final Duration FAREWELL = Duration.ofMillis(500);

    private final CountingSocket raw;
    private final SSLSocket tls;
    private volatile DataInputStream in;
    private final OutputStream out;
    private final ChannelSettings settings;
    private final Duration greeting;
    private final MessageCodec codec = new MessageCodec();
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private final WireWriter pending = new WireWriter(SMALL_BYTES);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean keepAliveUnderWay = new AtomicBoolean();
    private final long openedNanos = System.nanoTime();
    private volatile long writeBeganNanos;
    private volatile long lastWriteNanos = openedNanos;
    private volatile boolean stuck;
    private volatile boolean garbled;
    private volatile boolean greeted;
    private volatile boolean gathering;

    /** Only for whoever reads. */
    private byte[] frame = new byte[0];

    private volatile Runnable whenClosed = () -> {};
    private volatile Peer peer = new Peer.Anonymous();
    private volatile Purpose purpose = Purpose.CONTROL;
    private volatile Locale language = Locale.ENGLISH;

    /**
     * @param greeting how long handshake and greeting may last together
     */
    FramedChannel(CountingSocket raw, SSLSocket tls, ChannelSettings settings, Duration greeting)
            throws IOException {
        this.raw = raw;
        this.tls = tls;
        this.settings = settings;
        this.greeting = greeting;
        raw.setTcpNoDelay(true);
        raw.setSoTimeout(Math.toIntExact(greeting.toMillis()));
        InputStream source = tls.getInputStream();
        in = new DataInputStream(new BufferedInputStream(source, SMALL_BYTES));
        out = tls.getOutputStream();
    }

    /** The other side is known and welcome: larger frames and longer silence from now on. */
    void greeted(Peer who, Purpose why, Locale speaks) throws IOException {
        peer = who;
        purpose = why;
        language = speaks;
        raw.setSoTimeout(Math.toIntExact(settings.read().toMillis()));
        if (why == Purpose.REPLICATE || why == Purpose.RESTORE) {
            raw.gather();
            gathering = true;
            // what the small buffer holds is read first, then it lets large pieces through
            in = new DataInputStream(new BufferedInputStream(in, READ_BYTES));
        }
        greeted = true;
    }

    void language(Locale speaks) {
        language = speaks;
    }

    void whenClosed(Runnable action) {
        whenClosed = action;
    }

    /** Called by the watchdog. */
    void look(long nowNanos) {
        long began = writeBeganNanos;
        if (began != 0 && nowNanos - began > settings.write().toNanos()) {
            stuck = true;
            sever();
        } else if (!greeted && nowNanos - openedNanos > greeting.toNanos()) {
            stuck = true;
            sever();
        } else if (greeted
                && nowNanos - lastWriteNanos > settings.keepAlive().toNanos()
                && keepAliveUnderWay.compareAndSet(false, true)) {
            Thread.ofVirtual().name("keep-alive").start(this::keepAlive);
        }
    }

    private void keepAlive() {
        try {
            send(new Message.KeepAlive());
        } catch (ChannelException _) {
            sever();
        } finally {
            keepAliveUnderWay.set(false);
        }
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
        writing.lock();
        try {
            if (closed.get()) {
                throw new IOException("closed");
            }
            byte[] content = message == null ? NOTHING : codec.encodeHead(message, pending);
            if (content.length < FLUSH_AT_BYTES) {
                pending.raw(content);
            }
            boolean apart = content.length >= FLUSH_AT_BYTES;
            if (pending.size() > 0 && (now || apart || pending.size() >= FLUSH_AT_BYTES)) {
                lastWriteNanos = System.nanoTime();
                writeBeganNanos = lastWriteNanos;
                out.write(pending.memory(), 0, pending.size());
                if (apart) {
                    out.write(content);
                }
                out.flush();
                raw.push();
                pending.clear();
            }
        } catch (IOException fault) {
            if (greeted) {
                sever();
            }
            throw broken(fault);
        } finally {
            writeBeganNanos = 0;
            writing.unlock();
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
        reading.lock();
        try {
            Message message = next();
            while (message instanceof Message.KeepAlive) {
                message = next();
            }
            if (message instanceof Message.Goodbye) {
                throw new ChannelException(Reason.CLOSED, TEXTS.explain("transport.closed"), null);
            }
            return message;
        } catch (WireException fault) {
            garbled = true;
            throw new ChannelException(
                    Reason.PROTOCOL,
                    TEXTS.explain("transport.protocol", fault.getMessage()),
                    fault);
        } catch (ChannelException fault) {
            throw fault;
        } catch (IOException fault) {
            sever();
            throw broken(fault);
        } finally {
            reading.unlock();
        }
    }

    private Message next() throws IOException {
        if (garbled) {
            throw new WireException("garbled before");
        }
        int length = in.readInt();
        int type = in.readUnsignedByte();
        int limit = greeted ? limit(purpose) : Limits.GREETING_FRAME_BYTES;
        if (length < 0 || length > limit) {
            throw new WireException(
                    "frame of " + Integer.toUnsignedString(length) + " bytes, limit " + limit);
        }
        int head = MessageCodec.headBytes(type);
        if (head > 0 && length >= head) {
            byte[] first = room(head);
            in.readFully(first, 0, head);
            byte[] content = new byte[length - head];
            in.readFully(content);
            return codec.decode(type, ByteBuffer.wrap(first, 0, head), content);
        }
        byte[] payload = room(length);
        in.readFully(payload, 0, length);
        return codec.decode(type, ByteBuffer.wrap(payload, 0, length));
    }

    /** Memory for a payload. While contents travel it is used again: decoding copies from it. */
    private byte[] room(int length) {
        if (!gathering) {
            return new byte[length];
        }
        if (frame.length < length) {
            frame = new byte[Math.max(length, FRAME_ROOM_BYTES)];
        }
        return frame;
    }

    private static int limit(Purpose purpose) {
        return switch (purpose) {
            case ENROL, RENEW -> Limits.GREETING_FRAME_BYTES;
            case CONTROL, MANAGE -> Limits.FRAME_BYTES;
            case REPLICATE, RESTORE, COMPARE -> Limits.SESSION_FRAME_BYTES;
        };
    }

    private ChannelException broken(IOException fault) {
        if (fault instanceof ChannelException already) {
            return already;
        }
        if (fault instanceof SocketTimeoutException || stuck) {
            return new ChannelException(
                    Reason.TIMEOUT, TEXTS.explain("transport.silent", remoteAddress()), fault);
        }
        Reason reason =
                closed.get() && !(fault instanceof EOFException) ? Reason.CLOSED : Reason.BROKEN;
        String code = reason == Reason.CLOSED ? "transport.closed" : "transport.broken";
        return new ChannelException(reason, TEXTS.explain(code, remoteAddress()), fault);
    }

    @Override
    public void refuse(Explanation why) {
        farewell(
                new Message.Refusal(
                        why.code(),
                        why.happened(language),
                        why.meaning(language),
                        why.next(language)));
    }

    @Override
    public void close() {
        farewell(new Message.Goodbye(""));
    }

    /**
     * Last words, then waits shortly for the other side to hang up, so that they are not lost to a
     * reset.
     */
    private void farewell(Message lastWords) {
        if (closed.get()) {
            return;
        }
        boolean mayWrite = false;
        try {
            mayWrite = writing.tryLock(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            if (mayWrite) {
                raw.setSoTimeout((int) FAREWELL.toMillis());
                send(lastWords);
                tls.shutdownOutput();
                raw.push();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException _) {
            sever();
        } finally {
            if (mayWrite) {
                writing.unlock();
            }
        }
        if (!closed.get() && mayWrite) {
            waitForTheOtherSide();
        }
        sever();
    }

    /** Whoever reads meanwhile ends when the other side hangs up; otherwise it is read here. */
    private void waitForTheOtherSide() {
        try {
            if (reading.tryLock(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    drain();
                } finally {
                    reading.unlock();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        long until = System.nanoTime() + FAREWELL.toNanos();
        byte[] scrap = new byte[SCRAP_BYTES];
        try {
            int count = 0;
            while (count >= 0 && System.nanoTime() < until) {
                count = in.read(scrap);
            }
        } catch (IOException _) {
            sever();
        }
    }

    /** Breaks the line at once; whoever reads or writes gets an exception. */
    void sever() {
        if (closed.compareAndSet(false, true)) {
            whenClosed.run();
        }
        try {
            raw.close();
        } catch (IOException _) {
            closed.set(true);
        }
    }

    @Override
    public boolean closed() {
        return closed.get();
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
        return language;
    }

    @Override
    public String remoteAddress() {
        return raw.getInetAddress() == null
                ? "?"
                : raw.getInetAddress().getHostAddress() + ":" + raw.getPort();
    }

    @Override
    public Traffic traffic() {
        return raw.traffic();
    }
}
