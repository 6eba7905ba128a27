package org.standfest.replication.agent;

import org.standfest.replication.agent.Replicator.AfterCommit;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.SessionPlaces;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.objectives.Schedule;
import org.standfest.replication.objectives.SessionRecord.Trigger;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.Message.RestorePhase;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Does what the standby commands and what command lines on this machine order. Any thread. */
final class Desk {

    private final AgentHome home;
    private final Replicator replicator;
    private final Homecoming homecoming;
    private final Comparisons comparisons;
    private final CourierExport couriers;
    private final Jobs jobs;
    private final Work work;
    private final PowerSwitch power;
    private final SessionPlaces sessions;
    private final SessionPlaces comparing;
    private final Map<Long, Jobs.Job> commands = new ConcurrentHashMap<>();

    Desk(
            AgentHome home,
            Replicator replicator,
            Homecoming homecoming,
            Comparisons comparisons,
            CourierExport couriers,
            Jobs jobs,
            Work work,
            PowerSwitch power,
            SessionPlaces sessions,
            SessionPlaces comparing) {
        this.home = home;
        this.replicator = replicator;
        this.homecoming = homecoming;
        this.comparisons = comparisons;
        this.couriers = couriers;
        this.jobs = jobs;
        this.work = work;
        this.power = power;
        this.sessions = sessions;
        this.comparing = comparing;
    }

    /** Replicates a system now. A comparison that is under way gives way. */
    Jobs.Job replicate(String systemId, Trigger trigger, Work.Steps steps) {
        if (jobs.of(systemId).filter(Comparisons.WHAT::equals).isPresent()) {
            jobs.stop(systemId);
        }
        SessionSender.Progress told = work.told("replicate", systemId, steps);
        return work.begin(
                systemId,
                "replicate",
                cancellation ->
                        home.system(systemId)
                                .map(
                                        it ->
                                                inTurn(
                                                        sessions,
                                                        it,
                                                        told,
                                                        cancellation,
                                                        () ->
                                                                replicate(
                                                                        it,
                                                                        trigger,
                                                                        told,
                                                                        cancellation)))
                                .orElseGet(() -> unknown(systemId)));
    }

    /**
     * Replicates a system at once, whoever waits: its machine may be down until this is over. What
     * was ordered for it and still waits gives way; it would be joined otherwise.
     */
    private Jobs.Job replicateAtOnce(String systemId, Work.Steps steps) {
        if (sessions.isWaiting(systemId)) {
            jobs.stop(systemId);
        }
        SessionSender.Progress told = work.told("replicate", systemId, steps);
        return work.begin(
                systemId,
                "replicate",
                cancellation ->
                        home.system(systemId)
                                .map(it -> replicate(it, Trigger.STANDBY, told, cancellation))
                                .orElseGet(() -> unknown(systemId)));
    }

    /** What is cancelled while it waits has not begun: no application is held still for it. */
    private static Outcome<Map<String, String>> inTurn(
            SessionPlaces places,
            ProtectedSystem system,
            SessionSender.Progress told,
            Cancellation cancellation,
            Supplier<Outcome<Map<String, String>>> act) {
        String id = system.id();
        return places.take(
                        new SessionPlaces.Guest("", id, system.plan().priority(), () -> false),
                        ahead -> {
                            told.waits(OptionalInt.of(ahead));
                            return !cancellation.requested();
                        },
                        _ -> {
                            told.waits(OptionalInt.empty());
                            return cancellation.requested() ? notBegun(id) : act.get();
                        })
                .orElseGet(() -> notBegun(id));
    }

    private static Outcome<Map<String, String>> notBegun(String systemId) {
        return Outcome.refused(AgentHome.TEXTS.explain("agent.not-begun", systemId));
    }

    private Outcome<Map<String, String>> replicate(
            ProtectedSystem system,
            Trigger trigger,
            SessionSender.Progress told,
            Cancellation cancellation) {
        // Nobody waits for a scheduled session: it may compare a piece while its snapshot is there.
        boolean piece = trigger.byItself() && comparisons.due(system);
        return replicator.replicate(
                system,
                trigger,
                "",
                piece
                        ? (snapshot, basis) ->
                                comparisons.compare(
                                        system,
                                        snapshot,
                                        basis,
                                        Optional.of(Comparisons.SLICE),
                                        (_, _) -> {},
                                        cancellation)
                        : AfterCommit.NOTHING,
                told,
                cancellation);
    }

    /** Replicates, then compares everything with the pool. */
    private Outcome<Map<String, String>> compare(
            ProtectedSystem system, SessionSender.Progress progress, Cancellation cancellation) {
        AtomicReference<Outcome<Map<String, String>>> found = new AtomicReference<>();
        Outcome<Map<String, String>> replicated =
                replicator.replicate(
                        system,
                        Trigger.COMPARISON,
                        "",
                        (snapshot, basis) ->
                                found.set(
                                        comparisons.compare(
                                                system,
                                                snapshot,
                                                basis,
                                                Optional.empty(),
                                                progress,
                                                cancellation)),
                        onlyWaits(progress),
                        cancellation);
        return found.get() == null ? replicated : found.get();
    }

    /** Of the session before a comparison nothing is told, but that it waits. */
    private static SessionSender.Progress onlyWaits(SessionSender.Progress progress) {
        return new SessionSender.Progress() {
            @Override
            public void at(long done, long total) {
                // the comparison itself counts
            }

            @Override
            public void waits(OptionalInt ahead) {
                progress.waits(ahead);
            }
        };
    }

    private static Outcome<Map<String, String>> unknown(String systemId) {
        return Outcome.refused(AgentHome.TEXTS.explain("agent.system-unknown", systemId));
    }

    /** A command of the standby; its result goes to whoever asks the job. */
    Jobs.Job command(Message.Command command, Work.Steps steps) {
        Jobs.Job job = begin(command, steps);
        commands.put(command.id(), job);
        job.result().thenRun(() -> commands.remove(command.id()));
        return job;
    }

    private Jobs.Job begin(Message.Command command, Work.Steps steps) {
        String systemId = command.systemId();
        Map<String, String> arguments = command.arguments();
        return switch (command.kind()) {
            case CommandKind.REPLICATE -> {
                adopt(systemId, arguments.get("epoch"));
                yield Boolean.parseBoolean(arguments.get(FactNames.URGENT))
                        ? replicateAtOnce(systemId, steps)
                        : replicate(systemId, Trigger.STANDBY, steps);
            }
            case CommandKind.RETURN_BULK -> pull(systemId, RestorePhase.BULK, arguments, steps);
            case CommandKind.RETURN_FINAL -> pull(systemId, RestorePhase.FINAL, arguments, steps);
            case CommandKind.RETURN_START ->
                    work.begin(
                            systemId, "return-start", _ -> homecoming.start(systemId, arguments));
            case CommandKind.RETURN_UNDO -> {
                jobs.stop(systemId);
                yield work.begin(
                        systemId, "return-undo", _ -> homecoming.undo(systemId, arguments));
            }
            case CommandKind.CANCEL ->
                    over(cancel(systemId, arguments.getOrDefault("command", "")));
            case CommandKind.SCHEDULE -> over(schedule(systemId, arguments));
            case CommandKind.PAUSE -> over(pause(systemId, arguments.getOrDefault("reason", "")));
            case CommandKind.RESUME -> over(resume(systemId));
            case CommandKind.COMPARE -> compare(systemId, steps);
            case CommandKind.LIMITS -> over(limits(systemId, arguments));
            case CommandKind.POWER -> {
                adopt(systemId, arguments.get("epoch"));
                String act = arguments.getOrDefault("act", "");
                yield work.begin(systemId, "power", _ -> power.run(systemId, act));
            }
        };
    }

    /** An order of a command line on this machine. */
    Jobs.Job order(Orders.Order order) {
        String systemId = order.systemId();
        return switch (order.verb()) {
            case "run" -> replicate(systemId, Trigger.PERSON, (_, _, _) -> {});
            case "compare" -> compare(systemId, (_, _, _) -> {});
            case "courier" -> courier(systemId, order.arguments().getOrDefault("to", ""));
            case "progress" -> over(Outcome.done(progress()));
            case "cancel" -> {
                boolean ran = jobs.of(systemId).isPresent();
                jobs.stop(systemId);
                yield over(Outcome.done(Map.of("cancelled", Boolean.toString(ran))));
            }
            default ->
                    over(
                            Outcome.refused(
                                    AgentHome.TEXTS.explain("agent.order-unknown", order.verb())));
        };
    }

    /** How far everything is that is under way, for a command line on this machine. */
    private Map<String, String> progress() {
        Map<String, String> facts = new HashMap<>();
        for (ProtectedSystem system : home.systems()) {
            String id = system.id();
            jobs.of(id).ifPresent(what -> facts.put(id + "/running", what));
            work.progress(id)
                    .ifPresent(
                            reading ->
                                    Reports.progress(reading)
                                            .forEach(
                                                    (key, value) ->
                                                            facts.put(id + "/" + key, value)));
        }
        return facts;
    }

    private Jobs.Job courier(String systemId, String folder) {
        return work.begin(
                systemId,
                "courier",
                cancellation ->
                        home.system(systemId)
                                .map(
                                        system ->
                                                couriers.export(
                                                        system,
                                                        Path.of(folder),
                                                        work.told(
                                                                "courier",
                                                                systemId,
                                                                (_, _, _) -> {}),
                                                        cancellation))
                                .orElseGet(() -> unknown(systemId)));
    }

    private Jobs.Job compare(String systemId, Work.Steps steps) {
        SessionSender.Progress told = work.told(Comparisons.WHAT, systemId, steps);
        return work.begin(
                systemId,
                Comparisons.WHAT,
                cancellation ->
                        home.system(systemId)
                                .map(
                                        it ->
                                                inTurn(
                                                        comparing,
                                                        it,
                                                        told,
                                                        cancellation,
                                                        () -> compare(it, told, cancellation)))
                                .orElseGet(() -> unknown(systemId)));
    }

    private Jobs.Job pull(
            String systemId, RestorePhase phase, Map<String, String> arguments, Work.Steps steps) {
        String what = phase == RestorePhase.BULK ? "return-bulk" : "return-final";
        return work.begin(
                systemId,
                what,
                cancellation ->
                        homecoming.pull(
                                systemId,
                                phase,
                                arguments,
                                work.told(what, systemId, steps),
                                cancellation));
    }

    private static Jobs.Job over(Outcome<Map<String, String>> result) {
        return new Jobs.Job(
                "order", CompletableFuture.completedFuture(result), new AtomicBoolean());
    }

    private Outcome<Map<String, String>> cancel(String systemId, String number) {
        Jobs.Job running =
                number.matches("\\d{1,18}") ? commands.get(Long.parseLong(number)) : null;
        if (running != null) {
            running.cancel();
        }
        boolean any = number.isEmpty() && jobs.cancel(systemId);
        return Outcome.done(Map.of("cancelled", Boolean.toString(any || running != null)));
    }

    /** The standby's word on the epoch counts: it asks only the agent whose data is the newest. */
    private void adopt(String systemId, String epoch) {
        boolean told =
                epoch != null && epoch.matches("\\d{1,18}") && home.system(systemId).isPresent();
        if (told && home.state(systemId).epoch() != Long.parseLong(epoch)) {
            home.save(systemId, home.state(systemId).inEpoch(Long.parseLong(epoch)));
        }
    }

    private Outcome<Map<String, String>> schedule(String systemId, Map<String, String> arguments) {
        Optional<ProtectedSystem> system = home.system(systemId);
        return system.isEmpty()
                ? unknown(systemId)
                : Schedule.parse(arguments.getOrDefault("schedule", ""))
                        .then(
                                schedule ->
                                        home.save(
                                                system.get()
                                                        .with(system.get().plan().with(schedule))))
                        .map(_ -> Map.of());
    }

    Outcome<Map<String, String>> pause(String systemId, String reason) {
        return paused(systemId, Optional.of(reason));
    }

    Outcome<Map<String, String>> resume(String systemId) {
        return paused(systemId, Optional.empty());
    }

    private Outcome<Map<String, String>> paused(String systemId, Optional<String> reason) {
        return home.system(systemId).isEmpty()
                ? unknown(systemId)
                : home.save(systemId, home.times(systemId).pausedBecause(reason))
                        .map(_ -> Map.of());
    }

    /** What the policy for a system says of the machine's line and of the system's priority. */
    private Outcome<Map<String, String>> limits(String systemId, Map<String, String> arguments) {
        Optional<ProtectedSystem> system = home.system(systemId);
        if (system.isEmpty()) {
            return unknown(systemId);
        }
        Outcome<Void> done = Outcome.done();
        if (arguments.containsKey("rates")) {
            done = home.told(systemId, arguments.get("rates"));
        }
        String priority = arguments.getOrDefault("priority", "");
        if (priority.matches("[0-9]")) {
            int told = Integer.parseInt(priority);
            done = done.then(_ -> new ToldPriority(home).take(system.get(), told));
        }
        return done.map(_ -> Map.of());
    }
}
