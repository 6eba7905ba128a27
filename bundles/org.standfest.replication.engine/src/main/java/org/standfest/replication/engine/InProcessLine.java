package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.MessageCodec;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.WireException;
import org.standfest.replication.protocol.WireWriter;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Explanation;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two ends of a line within this process, for a session whose receiver writes to a disk that is
 * here: the frames of the wire without a wire. What is sent is encoded at once, as on a real line,
 * so that senders may use their buffers again. Safe for any thread.
 */
public final class InProcessLine {

    private static final int FRAMES = 64;
    private static final int HEAD = MessageCodec.HEAD_BYTES;
    private static final long LOOK_MILLIS = 100;

    private final BlockingQueue<byte[]> toReceiver = new ArrayBlockingQueue<>(FRAMES);
    private final BlockingQueue<byte[]> toSender = new ArrayBlockingQueue<>(FRAMES);
    private final AtomicLong bytes = new AtomicLong();
    private final Purpose purpose;
    private final Locale language;
    private volatile boolean closed;

    /**
     * @param language of who reads refusals
     */
    public InProcessLine(Purpose purpose, Locale language) {
        this.purpose = purpose;
        this.language = language;
    }

    /** The end of an agent. */
    public Channel sender(String standbyId) {
        return new End(new Peer.Standby(standbyId), toReceiver, toSender);
    }

    /** The end of who receives. */
    public Channel receiver(Peer.Agent agent) {
        return new End(agent, toSender, toReceiver);
    }

    /** One end. */
    private final class End implements Channel {

        private final Peer peer;
        private final BlockingQueue<byte[]> out;
        private final BlockingQueue<byte[]> in;
        private final MessageCodec codec = new MessageCodec();

        End(Peer peer, BlockingQueue<byte[]> out, BlockingQueue<byte[]> in) {
            this.peer = peer;
            this.out = out;
            this.in = in;
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
            // Known to be within one machine: nothing is compressed for it.
            return "127.0.0.1:0";
        }

        @Override
        public void send(Message message) throws ChannelException {
            WireWriter frame = new WireWriter(1024);
            codec.encode(message, frame);
            byte[] content = frame.toBytes();
            bytes.addAndGet(content.length);
            try {
                while (!out.offer(content, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    if (closed) {
                        throw over();
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw over();
            }
        }

        @Override
        public void enqueue(Message message) throws ChannelException {
            send(message);
        }

        @Override
        public void flush() {
            // Everything is sent at once.
        }

        @Override
        public Message receive() throws ChannelException {
            Message message = receiveOrRefusal();
            if (message instanceof Message.Refusal refusal) {
                throw new ChannelException(
                        ChannelException.Reason.REFUSED,
                        Explanation.rendered(
                                refusal.code(),
                                refusal.happened(),
                                refusal.meaning(),
                                refusal.next()),
                        null);
            }
            return message;
        }

        @Override
        public Message receiveOrRefusal() throws ChannelException {
            try {
                byte[] frame = in.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                while (frame == null) {
                    // What was sent before the end is still heard, as on a real line.
                    boolean end = closed;
                    frame = in.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    if (frame == null && end) {
                        throw over();
                    }
                }
                ByteBuffer payload = ByteBuffer.wrap(frame, HEAD, frame.length - HEAD).slice();
                return codec.decode(frame[HEAD - 1] & 0xff, payload);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw over();
            } catch (WireException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private static ChannelException over() {
            return new ChannelException(
                    ChannelException.Reason.CLOSED, Faults.TEXTS.explain("engine.line-over"), null);
        }

        @Override
        public Traffic traffic() {
            return new Traffic(bytes.get(), 0);
        }

        @Override
        public void refuse(Explanation why) {
            try {
                send(
                        new Message.Refusal(
                                why.code(),
                                why.happened(language),
                                why.meaning(language),
                                why.next(language)));
            } catch (ChannelException _) {
                closed = true;
            }
            close();
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public boolean closed() {
            return closed;
        }
    }
}
