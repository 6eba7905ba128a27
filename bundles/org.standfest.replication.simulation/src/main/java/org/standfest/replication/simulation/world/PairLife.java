package org.standfest.replication.simulation.world;

import org.standfest.replication.engine.ReplicateHandler;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.simulation.disk.ProcessEnd;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.machine.Line;
import org.standfest.replication.simulation.machine.LineRules;
import org.standfest.replication.simulation.machine.SimPause;
import org.standfest.replication.transport.Channel;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** One life of agent and standby, and what is done to them. */
final class PairLife {

    private static final Catalog TEXTS = Catalog.beside(ReplicateHandler.class);
    private static final Peer.Agent AGENT =
            new Peer.Agent("agent", Set.of(AgentProcess.SYSTEM), true);
    private static final int PATIENCE_ROUNDS = 400;

    private final Stage stage;
    private final RandomGenerator random;
    private final SimDisk agentDisk;
    private final Sabotage sabotage;
    private final Faults faults;
    private final NativeForm natives;
    private final States states = new States();
    private final SimPause time;
    private final StandbyProcess standby;
    private final List<Line> lines = new ArrayList<>();

    /** In the order they called: whose line falls first decides who goes on first. */
    private final Map<Line, AgentProcess> callers = new LinkedHashMap<>();

    private final Set<String> acknowledged = new TreeSet<>();
    private final Set<String> pruned = new TreeSet<>();
    private final LineRules rules;
    private AgentProcess agent;
    private AgentProcess copy;
    private boolean calm;
    private boolean standbyDown = true;
    private String doing = "";
    private int lastDone = -1;

    PairLife(
            Stage stage,
            RandomGenerator random,
            SimDisk poolDisk,
            SimDisk agentDisk,
            Sabotage sabotage,
            Faults faults) {
        this.stage = stage;
        this.random = random;
        this.agentDisk = agentDisk;
        this.sabotage = sabotage;
        this.faults = faults;
        this.natives = new NativeForm(poolDisk);
        this.time = new SimPause(stage.scheduler(), () -> true);
        this.standby = new StandbyProcess(stage, poolDisk, random, sabotage, faults);
        long[] speeds = {20_000, 300_000, 5_000_000, 1_000_000_000};
        this.rules =
                new LineRules(
                        Duration.ofMillis(random.nextInt(80)),
                        speeds[random.nextInt(speeds.length)],
                        10_000 << random.nextInt(8),
                        Duration.ofSeconds(60));
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** What it was about when nothing went on any more. */
    String doing() {
        return doing;
    }

    /** The whole life. */
    void run() {
        try {
            SimSource source =
                    new SimSource(
                            states,
                            random,
                            stage.clock(),
                            new TreeHome(agentDisk, Path.of("/machine")),
                            sabotage);
            startStandby();
            agent = agent("/agent", source);
            agent.start();
            int steps = 5 + random.nextInt(25);
            for (int i = 0; i < steps && !stage.isBroken(); i++) {
                time.goOnAfter(Duration.ofMillis(random.nextInt(15_000)));
                tidyUp();
                act();
            }
            if (!stage.isBroken()) {
                finish();
            }
        } catch (RuntimeException broken) {
            stage.broken(broken);
        } catch (ProcessEnd end) {
            stage.broken(new IllegalStateException("a foreign death while " + doing));
        } finally {
            stopAll();
        }
    }

    private void stopAll() {
        agent.stop();
        agent.mortal().die();
        if (copy != null) {
            copy.stop();
            copy.mortal().die();
        }
        if (!standbyDown) {
            standby.mortal().die();
        }
        lines.forEach(line -> line.fell(true, false));
        lines.forEach(line -> line.fell(false, false));
    }

    private AgentProcess agent(String folder, SimSource source) {
        return new AgentProcess(
                stage, random, agentDisk, folder, source, sabotage, this::connect, this::over);
    }

    private void startStandby() {
        doing = "starting the standby";
        standby.start();
        standbyDown = false;
        check();
    }

    private Outcome<Channel> connect(AgentProcess who, Purpose purpose) {
        if (!who.mortal().alive()) {
            throw new ProcessEnd(0);
        }
        if (standbyDown || !standby.mortal().breathes() || !calm && random.nextInt(6) == 0) {
            return Outcome.failed(
                    TEXTS.explain("engine.agent-away", "standby"), new ConnectException());
        }
        Line line =
                new Line(
                        stage.scheduler(),
                        stage.clock(),
                        rules,
                        purpose,
                        AGENT,
                        who.mortal()::alive,
                        standby.mortal()::alive);
        if (!calm && random.nextInt(3) == 0 && faults.next("a line is cut")) {
            line.cutAfter(1 + random.nextInt(60), random.nextDouble());
        }
        lines.add(line);
        callers.put(line, who);
        standby.serve(line);
        return Outcome.done(line.client());
    }

    private void over(AgentProcess who, Outcome<Map<String, String>> result) {
        if (result.isDone()) {
            acknowledged.add(result.orThrow().get(FactNames.POINT));
            if (who == agent) {
                lastDone = who.source().current();
            }
            check();
        } else if (calm) {
            stage.journal().say("failed in calm: " + result.problem().orElseThrow().code());
        }
    }

    /** The dead are noticed, buried, and replaced. */
    private void tidyUp() {
        if (!standbyDown && !standby.mortal().breathes()) {
            boolean power = random.nextBoolean();
            doing = "burying the standby";
            standby.fall(power);
            standbyDown = true;
            stage.forgetArrivals();
        }
        if (standbyDown && (calm || random.nextInt(3) > 0)) {
            startStandby();
        }
        if (!agent.mortal().breathes()) {
            agent = replaced(agent, "/agent");
        }
        if (copy != null && !copy.mortal().breathes()) {
            copy = replaced(copy, "/clone");
        }
    }

    private AgentProcess replaced(AgentProcess dead, String folder) {
        doing = "burying an agent";
        boolean power = random.nextInt(3) == 0;
        callers.forEach(
                (line, caller) -> {
                    if (caller == dead) {
                        line.fell(true, power);
                    }
                });
        for (int i = 0; !dead.ended(); i++) {
            Broken.unless(i < PATIENCE_ROUNDS, "the threads of a dead agent do not end");
            time.goOnAfter(Duration.ofSeconds(1));
        }
        if (power) {
            agentDisk.crash();
        }
        dead.source().allClosed();
        AgentProcess next = agent(folder, dead.source());
        next.start();
        return next;
    }

    private void act() {
        doing = "acting";
        switch (random.nextInt(14)) {
            case 0, 1 -> {
                if (!standbyDown && faults.next("the standby dies at a change of its disk")) {
                    standby.mortal().life().endSoon(random, 1 << random.nextInt(9));
                }
            }
            case 2 -> {
                if (!standbyDown && faults.next("the standby dies at an act")) {
                    standby.mortal().endAfter(1 + random.nextInt(1 << random.nextInt(9)));
                }
            }
            case 3 -> {
                if (faults.next("the agent dies at a change of its disk")) {
                    agent.mortal().life().endSoon(random, 1 << random.nextInt(7));
                }
            }
            case 4, 5 -> {
                if (faults.next("the agent dies at an act")) {
                    agent.mortal().endAfter(1 + random.nextInt(1 << random.nextInt(9)));
                }
            }
            case 6 -> {
                if (copy == null && !agent.source().hasTrees() && faults.next("agent is copied")) {
                    copyAgent();
                }
            }
            case 7 -> {
                if (faults.next("the clock jumps")) {
                    stage.clock().jump(Duration.ofMinutes(random.nextInt(-90, 90)));
                }
            }
            case 8 -> upkeep();
            default -> agent.source().change();
        }
        if (copy != null && random.nextBoolean()) {
            copy.source().change();
        }
    }

    private void copyAgent() {
        stage.letBlocksComeTwice();
        SimSource source =
                new SimSource(agent.source(), random, new TreeHome(agentDisk, Path.of("/copy")));
        copy = agent("/clone", source);
        copy.start();
    }

    /** What an operator does while agents work. */
    private void upkeep() {
        if (standbyDown || !standby.mortal().breathes()) {
            return;
        }
        ImagePool pool = standby.pool();
        if (pool.system(AgentProcess.SYSTEM).isEmpty()) {
            return;
        }
        try {
            doing = "upkeep";
            if (random.nextBoolean()) {
                verify(pool);
            } else {
                prune(pool, 1 + random.nextInt(3));
            }
        } catch (ProcessEnd end) {
            stage.journal().say("the standby dies in its upkeep");
        }
    }

    private void verify(ImagePool pool) {
        Outcome<VerifyReport> report = pool.verify(AgentProcess.SYSTEM, Progress.NONE);
        if (report.isDone()) {
            Broken.unless(report.orThrow().intact(), "verification finds " + report.orThrow());
        }
    }

    private void prune(ImagePool pool, int count) {
        List<RecoveryPoint> points = pool.points(AgentProcess.SYSTEM).orThrow();
        points.stream().skip(count).forEach(point -> pruned.add(point.id()));
        pool.keepLast(AgentProcess.SYSTEM, count).orThrow();
    }

    /** What has to hold whenever the standby can be asked. */
    private void check() {
        if (standbyDown || !standby.mortal().breathes()) {
            return;
        }
        ImagePool pool = standby.pool();
        Broken.unless(pool.damaged().isEmpty(), "damaged without rot: " + pool.damaged());
        if (pool.system(AgentProcess.SYSTEM).isEmpty()) {
            Broken.unless(acknowledged.isEmpty(), "the system is gone");
            return;
        }
        try {
            List<RecoveryPoint> points = pool.points(AgentProcess.SYSTEM).orThrow();
            Set<String> missing = new TreeSet<>(acknowledged);
            points.forEach(point -> missing.remove(point.id()));
            missing.removeAll(pruned);
            Broken.unless(missing.isEmpty(), "acknowledged and lost: " + missing);
            if (!points.isEmpty()) {
                compare(pool, points.getFirst());
            }
        } catch (ProcessEnd end) {
            stage.journal().say("the standby dies while it is looked at");
        }
    }

    private void compare(ImagePool pool, RecoveryPoint newest) {
        int number = Integer.parseInt(newest.description().get("state"));
        Broken.unless(number < states.count(), "a state that never was");
        SystemModel.compare(
                states.get(number),
                natives,
                volume -> pool.newestImage(AgentProcess.SYSTEM, volume).orThrow());
    }

    /** Without further faults everything has to arrive. */
    private void finish() {
        doing = "the end";
        calm = true;
        if (copy != null) {
            copy.stop();
            copy.mortal().die();
            AgentProcess dead = copy;
            callers.forEach(
                    (line, caller) -> {
                        if (caller == dead) {
                            line.fell(true, false);
                        }
                    });
            copy = null;
        }
        if (!standbyDown) {
            standby.mortal().liveOn();
        }
        agent.mortal().liveOn();
        agent.source().change();
        int wanted = agent.source().current();
        for (int i = 0; lastDone < wanted || !standby.mortal().breathes(); i++) {
            if (stage.isBroken()) {
                return;
            }
            Broken.unless(i < PATIENCE_ROUNDS, "nothing arrives any more");
            time.goOnAfter(Duration.ofSeconds(30));
            tidyUp();
            standby.mortal().liveOn();
            agent.mortal().liveOn();
        }
        doing = "the last look";
        verify(standby.pool());
        check();
    }
}
