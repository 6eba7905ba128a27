package org.standfest.replication.simulation.world;

import org.standfest.replication.engine.ReplicateHandler;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.simulation.disk.DiskRules;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.machine.Line;
import org.standfest.replication.simulation.machine.LineRules;
import org.standfest.replication.simulation.machine.Scheduler;
import org.standfest.replication.simulation.machine.SimClock;
import org.standfest.replication.simulation.machine.SimPause;
import org.standfest.replication.simulation.machine.Tamper;
import org.standfest.replication.transport.Channel;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Agent and standby of which one lies, frame by frame. The other one must refuse in words, end in
 * finite time, keep what it has, and touch nothing outside its own place.
 */
public final class HostileWorld implements World {

    private static final Catalog TEXTS = Catalog.beside(ReplicateHandler.class);

    /** The world of liars. */
    public HostileWorld() {
        // nothing to keep
    }

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public Result live(long seed, Set<Integer> without, Sabotage sabotage, Journal journal) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5eed_0003L);
        SimClock clock = new SimClock();
        Stage stage = new Stage(new Scheduler(random.split(), clock), clock, journal);
        DiskRules rules = DiskRules.random(random);
        SimDisk poolDisk = new SimDisk(rules, random.split(), clock::wallNanos);
        PoolWorld.furnish(poolDisk);
        SimDisk agentDisk = new SimDisk(rules, random.split(), clock::wallNanos);
        try {
            agentDisk.guardEverything();
            agentDisk.makeFree(Path.of("/agent"));
            agentDisk.makeFree(Path.of("/machine"));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        Faults faults = new Faults(seed, without, journal);
        Life life = new Life(stage, random, poolDisk, agentDisk, sabotage, faults);
        stage.scheduler().start("world", life::run);
        boolean over = stage.scheduler().run();
        stage.throwWhatBroke();
        Broken.unless(over, "a hang");
        Broken.unless(poolDisk.violations().isEmpty(), "touched: " + poolDisk.violations());
        Broken.unless(agentDisk.violations().isEmpty(), "touched: " + agentDisk.violations());
        return new Result(life.lies(), life.points);
    }

    private static final class Life {

        private final Stage stage;
        private final SplittableRandom random;
        private final SimDisk agentDisk;
        private final Sabotage sabotage;
        private final SimPause time;
        private final StandbyProcess standby;
        private final NativeForm natives;
        private final States states = new States();
        private final boolean agentLies;
        private Mutation liar;
        private int lies;
        private Optional<RecoveryPoint> honest = Optional.empty();
        private int points;

        Life(
                Stage stage,
                SplittableRandom random,
                SimDisk poolDisk,
                SimDisk agentDisk,
                Sabotage sabotage,
                Faults faults) {
            this.stage = stage;
            this.random = random;
            this.agentDisk = agentDisk;
            this.sabotage = sabotage;
            this.time = new SimPause(stage.scheduler(), () -> true);
            this.natives = new NativeForm(poolDisk);
            this.agentLies = random.nextBoolean();
            this.standby = new StandbyProcess(stage, poolDisk, random, sabotage, faults);
            standby.expectLies();
            stage.letBlocksComeTwice();
        }

        int lies() {
            return lies + (liar == null ? 0 : liar.changed());
        }

        void run() {
            SimSource source =
                    new SimSource(
                            states,
                            random,
                            stage.clock(),
                            new TreeHome(agentDisk, Path.of("/machine")),
                            sabotage);
            AgentProcess agent = null;
            try {
                standby.start();
                standby.mortal().liveOn();
                agent =
                        new AgentProcess(
                                stage,
                                random,
                                agentDisk,
                                "/agent",
                                source,
                                sabotage,
                                this::connect,
                                (_, _) -> {});
                agent.start();
                for (int i = 0; i < 4 && !stage.isBroken(); i++) {
                    time.goOnAfter(Duration.ofSeconds(20));
                    check();
                    if (i == 1) {
                        honest = newest();
                        liar = new Mutation(random.split(), 1 + random.nextInt(12));
                    }
                    source.change();
                }
            } catch (RuntimeException broken) {
                stage.broken(broken);
            } finally {
                if (agent != null) {
                    agent.stop();
                    agent.mortal().die();
                }
                standby.end();
            }
        }

        private Outcome<Channel> connect(AgentProcess who, Purpose purpose) {
            if (!standby.mortal().breathes()) {
                return Outcome.failed(
                        TEXTS.explain("engine.agent-away", "standby"),
                        new java.net.ConnectException());
            }
            LineRules rules =
                    new LineRules(
                            Duration.ofMillis(random.nextInt(30)),
                            50_000_000,
                            1 << 20,
                            Duration.ofSeconds(60));
            Line line =
                    new Line(
                            stage.scheduler(),
                            stage.clock(),
                            rules,
                            purpose,
                            new Peer.Agent("agent", Set.of(AgentProcess.SYSTEM), true),
                            who.mortal()::alive,
                            standby.mortal()::alive);
            if (liar != null) {
                Tamper tamper = liar;
                line.tamper(agentLies ? tamper : Tamper.NONE, agentLies ? Tamper.NONE : tamper);
            }
            standby.serve(line);
            return Outcome.done(line.client());
        }

        private Optional<RecoveryPoint> newest() {
            if (standby.pool().system(AgentProcess.SYSTEM).isEmpty()) {
                return Optional.empty();
            }
            List<RecoveryPoint> all = standby.pool().points(AgentProcess.SYSTEM).orThrow();
            points = all.size();
            return all.stream().findFirst();
        }

        /** Whatever was believed is kept right, and what honest sessions brought stays. */
        private void check() {
            Optional<RecoveryPoint> newest = newest();
            if (newest.isEmpty()) {
                Broken.unless(honest.isEmpty(), "an honest point is gone");
                return;
            }
            Outcome<VerifyReport> verified =
                    standby.pool().verify(AgentProcess.SYSTEM, Progress.NONE);
            Broken.unless(
                    !verified.isDone() || verified.orThrow().intact(),
                    "verification finds " + verified.result());
            Broken.unless(
                    honest.isEmpty()
                            || standby.pool().points(AgentProcess.SYSTEM).orThrow().stream()
                                    .anyMatch(point -> point.id().equals(honest.get().id())),
                    "an honest point is gone");
            boolean compared = liar == null || !agentLies;
            if (compared) {
                int state = Integer.parseInt(newest.get().description().get("state"));
                SystemModel.compare(
                        states.get(state),
                        natives,
                        volume ->
                                standby.pool().newestImage(AgentProcess.SYSTEM, volume).orThrow());
            }
        }
    }
}
