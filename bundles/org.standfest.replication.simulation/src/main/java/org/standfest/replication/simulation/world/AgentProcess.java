package org.standfest.replication.simulation.world;

import org.standfest.replication.agent.AgentHome;
import org.standfest.replication.agent.AgentSettings;
import org.standfest.replication.agent.ProtectedSystem;
import org.standfest.replication.agent.Replicator;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.CompressionChoice;
import org.standfest.replication.engine.LineShares;
import org.standfest.replication.engine.SenderTools;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.simulation.disk.ProcessEnd;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.disk.SimFileSystem;
import org.standfest.replication.simulation.disk.SimFiles;
import org.standfest.replication.simulation.machine.SimPause;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.transport.Channel;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** An agent's process: replicates again and again, until it dies or is told to stop. */
final class AgentProcess {

    static final String SYSTEM = "s0";

    private static final List<String> COMPRESSIONS = List.of("auto", "off", "on", "1");

    /** By the machine's own time, which no seed decides: it must never be over. */
    private static final Duration ENDLESS = Duration.ofDays(10_000);

    private final Stage stage;
    private final RandomGenerator random;
    private final SimSource source;
    private final Mortal mortal;
    private final SimPause pause;
    private final Replicator replicator;
    private final AgentHome home;
    private final Reports reports;
    private volatile boolean ended;

    /** Hears what the agent was told. */
    interface Reports {
        /** A session is over; with a token: acknowledged. */
        void over(AgentProcess agent, Outcome<Map<String, String>> result);
    }

    AgentProcess(
            Stage stage,
            RandomGenerator random,
            SimDisk disk,
            String folder,
            SimSource source,
            Sabotage sabotage,
            BiFunction<AgentProcess, Purpose, Outcome<Channel>> connect,
            Reports reports) {
        this.stage = stage;
        this.random = random;
        this.source = source;
        this.reports = reports;
        Life life = new Life(sabotage, stage.journal());
        this.mortal = new Mortal(life);
        this.pause = new SimPause(stage.scheduler(), mortal::breathes);
        this.home = new AgentHome(new SimFileSystem(disk, life).getPath(folder));
        SenderTools tools =
                new SenderTools(
                        Thread.ofVirtual().name("hash").factory(),
                        stage.clock(),
                        random,
                        LineShares.unlimited(),
                        ENDLESS);
        CompressionChoice compression =
                CompressionChoice.of(COMPRESSIONS.get(random.nextInt(COMPRESSIONS.size())));
        SessionSender sender =
                new SessionSender(
                        new SimFiles(disk, life),
                        new SessionSender.Settings(1 + random.nextInt(2), compression),
                        tools);
        this.replicator =
                new Replicator(
                        home,
                        () -> Map.of("sim", source.provider(mortal::alive)),
                        purpose -> connect.apply(this, purpose),
                        sender,
                        AgentSettings.standard(),
                        pause,
                        Freezer.NONE,
                        stage.clock(),
                        random);
    }

    Mortal mortal() {
        return mortal;
    }

    SimSource source() {
        return source;
    }

    boolean ended() {
        return ended;
    }

    void start() {
        stage.scheduler().start("agent", this::run);
    }

    private void run() {
        try {
            while (!pause.stopped() && mortal.alive()) {
                replicate();
                pause.goOnAfter(Duration.ofMillis(random.nextInt(20_000)));
            }
        } catch (ProcessEnd end) {
            stage.journal().say("the agent dies");
        } catch (RuntimeException | LinkageError | AssertionError bug) {
            if (mortal.breathes()) {
                stage.broken(bug);
            }
        } finally {
            ended = true;
        }
    }

    private void replicate() {
        ProtectedSystem system =
                new ProtectedSystem(SYSTEM, "Server", source.volumes(), Duration.ZERO, Map.of());
        Outcome<Map<String, String>> result =
                replicator.replicate(
                        system,
                        org.standfest.replication.objectives.SessionRecord.Trigger.SCHEDULE,
                        (_, _) -> {},
                        Cancellation.NEVER);
        if (mortal.breathes()) {
            stage.journal()
                    .say(
                            "replicated: "
                                    + result.result()
                                            .map(facts -> facts.get(FactNames.POINT))
                                            .orElseGet(
                                                    () -> result.problem().orElseThrow().code()));
            reports.over(this, result);
        }
    }

    void stop() {
        pause.stop();
    }
}
