package org.standfest.standby;

import org.standfest.recovery.Sleeper;
import org.standfest.recovery.plans.HomeMachine;
import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.engine.RunningCommand;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/** The repaired or new machine, commanded over its agent's line. */
final class AgentHome implements HomeMachine {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration SHORT_LIMIT = Duration.ofMinutes(5);
    private static final Duration RECONNECT_LIMIT = Duration.ofSeconds(30);
    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(500);
    private static final Set<String> LOST = Set.of("engine.agent-lost", "engine.agent-away");

    private final AgentLines lines;
    private final SystemRecords records;
    private final BiFunction<String, String, Outcome<Void>> claim;
    private final Sleeper sleeper;

    /**
     * @param claim whether an agent may work on a system
     */
    AgentHome(
            AgentLines lines,
            SystemRecords records,
            BiFunction<String, String, Outcome<Void>> claim,
            Sleeper sleeper) {
        this.lines = lines;
        this.records = records;
        this.claim = claim;
        this.sleeper = sleeper;
    }

    @Override
    public Outcome<Void> ready(String systemId, String agentId) {
        Optional<AgentStatus> agent = lines.agent(agentId).filter(AgentStatus::connected);
        if (agent.isEmpty()) {
            return Outcome.refused(StandbyTexts.explain("standby.agent-away", agentId));
        }
        return agent.get().report().returnTargets().isEmpty()
                ? Outcome.refused(StandbyTexts.explain("standby.no-landing", agentId))
                : claim.apply(agentId, systemId);
    }

    @Override
    public Outcome<Void> copyBulk(
            String systemId,
            String agentId,
            String returnId,
            String target,
            Map<String, String> options,
            Watch watch) {
        Map<String, String> arguments = new HashMap<>();
        arguments.put("returnId", returnId);
        arguments.put("target", target.isEmpty() ? firstTarget(agentId) : target);
        options.forEach((name, value) -> arguments.put("option." + name, value));
        return run(agentId, CommandKind.RETURN_BULK, systemId, arguments, watch);
    }

    private String firstTarget(String agentId) {
        List<String> offered =
                lines.agent(agentId).map(agent -> agent.report().returnTargets()).orElse(List.of());
        return offered.isEmpty() ? "" : offered.getFirst();
    }

    @Override
    public Outcome<Void> copyFinal(String systemId, String agentId, String returnId, Watch watch) {
        return run(
                agentId, CommandKind.RETURN_FINAL, systemId, Map.of("returnId", returnId), watch);
    }

    @Override
    public Outcome<Void> start(String systemId, String agentId, String returnId) {
        return run(
                        agentId,
                        CommandKind.RETURN_START,
                        systemId,
                        Map.of("returnId", returnId),
                        new Timed())
                .then(_ -> records.change(systemId, record -> record.at(agentId)));
    }

    @Override
    public Outcome<Void> undo(String systemId, String agentId, String returnId, boolean discard) {
        boolean away = lines.agent(agentId).filter(AgentStatus::connected).isEmpty();
        if (discard && away) {
            return Outcome.done();
        }
        Outcome<Void> outcome =
                run(
                        agentId,
                        CommandKind.RETURN_UNDO,
                        systemId,
                        Map.of("returnId", returnId, "discard", Boolean.toString(discard)),
                        new Timed());
        // Nothing runs there (that is undone before); data that stays lying there harms nobody.
        return discard ? Outcome.done() : outcome;
    }

    @Override
    public Outcome<Void> replicate(String systemId, String agentId, long epoch, Watch watch) {
        return run(
                agentId,
                CommandKind.REPLICATE,
                systemId,
                Map.of("epoch", Long.toString(epoch), FactNames.URGENT, "true"),
                watch);
    }

    /** A line that breaks is waited for: every command may be given again. */
    Outcome<Void> run(
            String agentId,
            CommandKind kind,
            String systemId,
            Map<String, String> arguments,
            Watch watch) {
        long patience = RECONNECT_LIMIT.dividedBy(RECONNECT_PAUSE);
        try {
            while (true) {
                Outcome<Void> outcome = once(agentId, kind, systemId, arguments, watch);
                boolean lost =
                        outcome.problem().filter(why -> LOST.contains(why.code())).isPresent();
                if (!lost || watch.cancelled() || patience-- <= 0) {
                    return outcome;
                }
                sleeper.sleep(RECONNECT_PAUSE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Outcome.failed(StandbyTexts.explain("standby.interrupted"));
        }
    }

    private Outcome<Void> once(
            String agentId,
            CommandKind kind,
            String systemId,
            Map<String, String> arguments,
            Watch watch)
            throws InterruptedException {
        RunningCommand command =
                lines.start(
                        agentId,
                        kind,
                        systemId,
                        arguments,
                        (phase, done, total) -> watch.progress(done, total <= 0 ? -1 : total));
        boolean cancelled = false;
        while (!command.result().isDone()) {
            if (watch.cancelled() && !cancelled) {
                command.cancel();
                cancelled = true;
            }
            waitFor(command);
        }
        Outcome<Map<String, String>> result = command.result().join();
        result.result()
                .map(facts -> Figures.number(facts, FactNames.BYTES_ON_WIRE))
                .filter(bytes -> bytes > 0)
                .ifPresent(watch::moved);
        return result.map(_ -> null);
    }

    private static void waitFor(RunningCommand command) throws InterruptedException {
        try {
            command.result().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return;
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** Nobody watches, and it must not take for ever. */
    static final class Timed implements Watch {

        private final long until = System.nanoTime() + SHORT_LIMIT.toNanos();

        @Override
        public void progress(long done, long total) {
            // no measure of bytes
        }

        @Override
        public void moved(long bytes) {
            // nobody asks
        }

        @Override
        public boolean cancelled() {
            return System.nanoTime() > until;
        }
    }
}
