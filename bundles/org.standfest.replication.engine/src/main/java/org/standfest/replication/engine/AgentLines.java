package org.standfest.replication.engine;

import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.GroupMessage;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.AgentReport;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Serves purpose CONTROL on the standby: the standing lines of all agents, what they report, and
 * commands to them. A newer line of the same agent replaces the older one where nobody answers on
 * that any more; where somebody does, the newer one is a twin and refused. Safe for any thread.
 */
public final class AgentLines implements ChannelHandler {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private final SystemAccess access;
    private final Consumer<AgentStatus> changed;
    private final InstantSource clock;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Map<String, AgentStatus> known = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final GroupListener groups;

    /**
     * @param urgent the system that an urgent replication is for; empty: something else
     */
    private record Pending(
            CompletableFuture<Outcome<Map<String, String>>> result,
            CommandListener listener,
            String urgent) {}

    private record Line(Channel channel, Map<Long, Pending> pending) {}

    /** Hears what agents say about runs of consistency groups. Any thread; must not block. */
    public interface GroupListener {

        /** Nobody cares. */
        GroupListener NONE = new GroupListener() {};

        /** An agent said something. */
        default void heard(String agentId, GroupMessage message) {}

        /** An agent's line is gone, and no newer one took its place. */
        default void lost(String agentId) {}
    }

    /**
     * Without groups.
     *
     * @param access systems of a report that its agent may not work on are left out
     * @param changed called after every report and every coming and going; must not block
     */
    public AgentLines(SystemAccess access, Consumer<AgentStatus> changed, InstantSource clock) {
        this(access, changed, clock, GroupListener.NONE);
    }

    /**
     * With groups.
     *
     * @param access systems of a report that its agent may not work on are left out
     * @param changed called after every report and every coming and going; must not block
     */
    public AgentLines(
            SystemAccess access,
            Consumer<AgentStatus> changed,
            InstantSource clock,
            GroupListener groups) {
        this.groups = groups;
        this.access = access;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public void serve(Channel channel) throws ChannelException {
        if (!(channel.peer() instanceof Peer.Agent agent)) {
            throw Faults.protocol("a control line of somebody who is no agent");
        }
        Line present = lines.get(agent.id());
        if (present != null && answers(present)) {
            Explanation twin =
                    Faults.TEXTS.explain(
                            "engine.twin",
                            agent.id(),
                            present.channel().remoteAddress(),
                            channel.remoteAddress());
            channel.refuse(twin);
            throw new ChannelException(ChannelException.Reason.REFUSED, twin, null);
        }
        Line line = new Line(channel, new ConcurrentHashMap<>());
        Line older = lines.put(agent.id(), line);
        if (older != null) {
            older.channel().close();
        }
        try {
            while (true) {
                handle(agent, line, channel.receive());
            }
        } finally {
            boolean current = lines.remove(agent.id(), line);
            Explanation lost = Faults.TEXTS.explain("engine.agent-lost", agent.id());
            line.pending()
                    .values()
                    .forEach(pending -> pending.result().complete(Outcome.failed(lost)));
            AgentStatus last = known.get(agent.id());
            if (current && last != null) {
                publish(new AgentStatus(agent.id(), false, clock.instant(), last.report()));
            }
            if (current) {
                groups.lost(agent.id());
            }
        }
    }

    /**
     * Whether somebody is still at the other end of a line. An agent opens a second line only after
     * its first broke, so two lines that both answer belong to two agents with one identity: a
     * clone of the machine, or one restored from a backup beside the first.
     */
    private boolean answers(Line line) {
        long id = numbers.incrementAndGet();
        CompletableFuture<Outcome<Map<String, String>>> answer = new CompletableFuture<>();
        line.pending().put(id, new Pending(answer, CommandListener.NONE, ""));
        try {
            line.channel()
                    .send(
                            new Message.Command(
                                    id, CommandKind.CANCEL, "nothing", Map.of("command", "0")));
            // The end of the line completes it, too, as a failure.
            return answer.get(ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS).isDone();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ChannelException | ExecutionException | TimeoutException _) {
            return false;
        } finally {
            line.pending().remove(id);
        }
    }

    private void handle(Peer.Agent agent, Line line, Message message) throws ChannelException {
        switch (message) {
            case AgentReport report ->
                    publish(new AgentStatus(agent.id(), true, clock.instant(), own(agent, report)));
            case Message.CommandProgress(long id, String phase, long done, long total) -> {
                Pending pending = line.pending().get(id);
                if (pending != null) {
                    pending.listener().progress(phase, done, total);
                }
            }
            case Message.CommandResult result -> {
                Pending pending = line.pending().remove(result.id());
                if (pending != null) {
                    pending.result().complete(CommandAnswer.outcome(result));
                }
            }
            case GroupMessage group -> groups.heard(agent.id(), group);
            default ->
                    throw Faults.protocol(
                            message.getClass().getSimpleName() + " on a control line");
        }
    }

    private AgentReport own(Peer.Agent agent, AgentReport report) {
        return new AgentReport(
                report.host(),
                report.product(),
                report.returnTargets(),
                report.systems().stream()
                        .filter(system -> access.admit(agent, system.systemId()).isDone())
                        .toList());
    }

    private void publish(AgentStatus status) {
        known.put(status.agentId(), status);
        changed.accept(status);
    }

    /** All agents heard of since the start. */
    public List<AgentStatus> agents() {
        return known.values().stream().sorted(Comparator.comparing(AgentStatus::agentId)).toList();
    }

    /** One agent. */
    public Optional<AgentStatus> agent(String agentId) {
        return Optional.ofNullable(known.get(agentId));
    }

    /**
     * The agent that protects a system: a connected one before others, then the one heard of last.
     */
    public Optional<AgentStatus> ofSystem(String systemId) {
        return known.values().stream()
                .filter(
                        status ->
                                status.report().systems().stream()
                                        .anyMatch(system -> system.systemId().equals(systemId)))
                .max(
                        Comparator.comparing(AgentStatus::connected)
                                .thenComparing(
                                        AgentStatus::lastSeen, Comparator.<Instant>naturalOrder()));
    }

    /** Whether an agent was asked for an urgent copy of a system and has not answered yet. */
    public boolean urgent(String systemId) {
        return lines.values().stream()
                .flatMap(line -> line.pending().values().stream())
                .anyMatch(it -> it.urgent().equals(systemId) && !it.result().isDone());
    }

    /** Sends an agent something on its standing line; failed when there is none or it broke. */
    public Outcome<Void> send(String agentId, Message message) {
        Line line = lines.get(agentId);
        if (line == null) {
            return Outcome.failed(Faults.TEXTS.explain("engine.agent-away", agentId));
        }
        try {
            line.channel().send(message);
            return Outcome.done();
        } catch (ChannelException broken) {
            return Outcome.failed(Faults.TEXTS.explain("engine.agent-lost", agentId), broken);
        }
    }

    /**
     * Asks an agent to do something.
     *
     * @return a command that is over at once when the agent is not connected
     */
    public RunningCommand start(
            String agentId,
            CommandKind kind,
            String systemId,
            Map<String, String> arguments,
            CommandListener listener) {
        long id = numbers.incrementAndGet();
        CompletableFuture<Outcome<Map<String, String>>> result = new CompletableFuture<>();
        Line line = lines.get(agentId);
        if (line == null) {
            result.complete(Outcome.failed(Faults.TEXTS.explain("engine.agent-away", agentId)));
            return new RunningCommand(id, result, () -> {});
        }
        boolean urgent =
                kind == CommandKind.REPLICATE
                        && Boolean.parseBoolean(arguments.get(FactNames.URGENT));
        line.pending().put(id, new Pending(result, listener, urgent ? systemId : ""));
        try {
            line.channel().send(new Message.Command(id, kind, systemId, arguments));
        } catch (ChannelException broken) {
            result.complete(
                    Outcome.failed(Faults.TEXTS.explain("engine.agent-lost", agentId), broken));
        }
        if (lines.get(agentId) != line) {
            result.complete(Outcome.failed(Faults.TEXTS.explain("engine.agent-lost", agentId)));
        }
        return new RunningCommand(id, result, () -> cancel(line, id, systemId));
    }

    private void cancel(Line line, long id, String systemId) {
        try {
            line.channel()
                    .send(
                            new Message.Command(
                                    numbers.incrementAndGet(),
                                    CommandKind.CANCEL,
                                    systemId,
                                    Map.of("command", Long.toString(id))));
        } catch (ChannelException _) {
            // The line's end completes the command.
            return;
        }
    }
}
