package org.standfest.replication.agent;

import org.standfest.replication.engine.CommandAnswer;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The standing line to the standby: connects again and again, reports, hands commands over. Safe
 * for any thread.
 */
final class ControlLine implements AutoCloseable {

    private static final Duration SURE = Duration.ofSeconds(15);

    private final Line line;
    private final AgentSettings settings;
    private final Pause pause;
    private final Supplier<Message.AgentReport> report;
    private final Consumer<Message> orders;
    private final Runnable stood;
    private final InstantSource clock;
    private final AgentListener listener;
    private final String host;
    private final int port;
    private volatile Optional<Channel> current = Optional.empty();
    private volatile String lastProblem = "";
    private volatile Instant since = Instant.EPOCH;
    private volatile boolean twin;

    ControlLine(
            Line line,
            AgentSettings settings,
            Pause pause,
            Supplier<Message.AgentReport> report,
            Consumer<Message> orders,
            Runnable stood,
            InstantSource clock,
            AgentListener listener,
            String host,
            int port) {
        this.line = line;
        this.settings = settings;
        this.pause = pause;
        this.report = report;
        this.orders = orders;
        this.stood = stood;
        this.clock = clock;
        this.listener = listener;
        this.host = host;
        this.port = port;
    }

    /** Connects until the agent stops. */
    void run() {
        Duration wait = settings.firstRetry();
        while (!pause.stopped()) {
            Outcome<Channel> opened = line.open(Purpose.CONTROL);
            Optional<Explanation> why = opened.problem();
            if (opened instanceof Outcome.Done<Channel>(Channel channel)) {
                wait = settings.firstRetry();
                why = serve(channel);
            }
            why.ifPresent(this::tellOnce);
            if (!pause.goOnAfter(wait)) {
                return;
            }
            wait = settings.longer(wait);
        }
    }

    private void stands() {
        lastProblem = "";
        listener.connected(host, port);
        stood.run();
    }

    /**
     * Whether the standby said that another agent with this identity is at work. A standby says so
     * within seconds; a line that stands longer belongs to the only one.
     */
    boolean twin() {
        return twin
                && (current.isEmpty()
                        || Duration.between(since, clock.instant()).compareTo(SURE) < 0);
    }

    private void tellOnce(Explanation why) {
        if (!pause.stopped() && !why.code().equals(lastProblem)) {
            lastProblem = why.code();
            listener.disconnected(why);
        }
    }

    private Optional<Explanation> serve(Channel channel) {
        try (channel) {
            current = Optional.of(channel);
            since = clock.instant();
            channel.send(report.get());
            if (!twin) {
                stands();
            }
            while (true) {
                Message message = channel.receive();
                if (twin) {
                    twin = false;
                    stands();
                }
                orders.accept(message);
            }
        } catch (ChannelException end) {
            twin = end.explanation().code().equals("engine.twin");
            return Optional.of(end.explanation());
        } finally {
            current = Optional.empty();
        }
    }

    /** Reports now, if the line stands. */
    void report() {
        send(report.get());
    }

    void progress(long id, String phase, long done, long total) {
        send(new Message.CommandProgress(id, phase, done, total));
    }

    void result(long id, Outcome<Map<String, String>> result) {
        send(CommandAnswer.of(id, result));
    }

    /** The language of texts that go to the standby. */
    Locale language() {
        return current.map(Channel::language).orElse(Locale.ENGLISH);
    }

    /** Sends if the line stands. */
    void send(Message message) {
        current.ifPresent(
                channel -> {
                    try {
                        channel.send(message);
                    } catch (ChannelException _) {
                        // The reading side notices the same and connects again.
                        return;
                    }
                });
    }

    @Override
    public void close() {
        current.ifPresent(Channel::close);
    }
}
