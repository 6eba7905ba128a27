package org.standfest.replication.engine.courier;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A line at whose other end lies a courier disk: whoever serves it receives the recorded session as
 * if it came from the agent, attempt by attempt. For one thread that serves.
 */
public final class CourierReplay {

    private final CourierInput input;
    private final Peer.Agent agent;
    private final Expected expected;
    private final Told told;
    // The receiver reads ahead on a thread of its own.
    private volatile Message opening;
    private volatile Outcome<String> result;
    private volatile boolean over;

    /**
     * What the disk has to be.
     *
     * @param systemId whose copy it is
     * @param roots of all volumes, as the agent signed them, hexadecimal
     */
    public record Expected(String agentId, String systemId, List<String> roots) {

        /** Copies. */
        public Expected {
            roots = List.copyOf(roots);
        }
    }

    /** Who is told how far it is, and may end it. */
    public interface Told {
        /** So many chunks were read; returns whether to go on. */
        boolean chunks(long count);
    }

    /** Who serves a channel. */
    @FunctionalInterface
    public interface Server {
        /** Serves one attempt to its end. */
        void serve(Channel channel) throws ChannelException;
    }

    /** A disk and what is known of it. */
    public CourierReplay(CourierInput input, Expected expected, Told told) {
        this.input = input;
        this.expected = expected;
        this.told = told;
        this.agent = new Peer.Agent(expected.agentId(), Set.of(expected.systemId()), false);
    }

    /** Plays all attempts; the id of the point that the last one made. */
    public Outcome<String> play(Server server) {
        try {
            opening = input.next().orElse(null);
            while (result == null && opening != null) {
                try {
                    server.serve(new Line());
                } catch (ChannelException end) {
                    // An attempt that ended without a commit; what became of it stands in result.
                    continue;
                }
            }
        } catch (IOException damaged) {
            end(damaged(damaged.getMessage()));
        }
        return result == null
                ? Outcome.refused(CourierTexts.TEXTS.explain("courier.ended"))
                : result;
    }

    /** The first word counts: what follows is only the end of the line. */
    private synchronized void end(Outcome<String> outcome) {
        if (result == null) {
            result = outcome;
        }
        over = true;
        opening = null;
    }

    private static Outcome<String> damaged(String what) {
        return Outcome.refused(CourierTexts.TEXTS.explain("courier.damaged", what));
    }

    private Message next() throws ChannelException {
        if (over) {
            throw CourierTexts.closed("courier.ended");
        }
        if (!told.chunks(input.chunksRead())) {
            end(Outcome.failed(CourierTexts.TEXTS.explain("courier.cancelled")));
            throw CourierTexts.closed("courier.cancelled");
        }
        Optional<Message> message = read();
        if (message.isEmpty() || message.get() instanceof Message.SessionOpen) {
            opening = message.orElse(null);
            throw CourierTexts.closed("courier.ended");
        }
        if (message.get() instanceof Message.Commit commit) {
            checkEnd(commit);
        }
        return message.get();
    }

    /** Before the receiver commits, everything has been read, and is what was signed. */
    private void checkEnd(Message.Commit commit) throws ChannelException {
        Optional<Message> after = read();
        if (after.isPresent() && after.get() instanceof Message.SessionOpen) {
            // The agent could not sign that one, and exported once more.
            opening = after.get();
        } else if (after.isPresent() || !signed(commit)) {
            end(damaged("its end"));
        } else {
            return;
        }
        throw CourierTexts.closed("courier.ended");
    }

    private Optional<Message> read() throws ChannelException {
        try {
            return input.next();
        } catch (IOException damaged) {
            end(damaged(damaged.getMessage()));
            throw CourierTexts.closed("courier.ended");
        }
    }

    private boolean signed(Message.Commit commit) {
        List<String> roots = new ArrayList<>();
        commit.roots().forEach(root -> roots.add(HexFormat.of().formatHex(root)));
        return roots.equals(expected.roots()) && commit.group().isEmpty();
    }

    /** One attempt. */
    private final class Line implements Channel {

        private Message first;
        private volatile boolean closed;

        Line() throws IOException {
            if (!(opening instanceof Message.SessionOpen open)
                    || !open.systemId().equals(expected.systemId())) {
                throw new IOException("a session of another system");
            }
            first = opening;
            opening = null;
        }

        @Override
        public Peer peer() {
            return agent;
        }

        @Override
        public Purpose purpose() {
            return Purpose.REPLICATE;
        }

        @Override
        public Locale language() {
            return Locale.getDefault();
        }

        @Override
        public String remoteAddress() {
            return "127.0.0.1:0";
        }

        @Override
        public void send(Message message) {
            if (message instanceof Message.Committed committed) {
                end(Outcome.done(committed.token()));
            }
        }

        @Override
        public void enqueue(Message message) {
            send(message);
        }

        @Override
        public void flush() {
            // Nobody listens at the other end.
        }

        @Override
        public Message receive() throws ChannelException {
            if (closed) {
                throw CourierTexts.closed("courier.ended");
            }
            if (first != null) {
                Message open = first;
                first = null;
                return open;
            }
            return next();
        }

        @Override
        public Message receiveOrRefusal() throws ChannelException {
            return receive();
        }

        @Override
        public Traffic traffic() {
            return new Traffic(0, 0);
        }

        @Override
        public void refuse(Explanation why) {
            end(Outcome.refused(why));
            closed = true;
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
