package org.standfest.replication.simulation.world;

import org.standfest.replication.engine.ReplicateHandler;
import org.standfest.replication.engine.SessionListener;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.simulation.disk.ProcessEnd;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.machine.Line;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The standby's process: a pool, and whoever connects. */
final class StandbyProcess {

    private final Stage stage;
    private final PoolHouse house;
    private final List<Line> lines = new ArrayList<>();
    private Mortal mortal;
    private ReplicateHandler handler;
    private boolean lies;

    StandbyProcess(
            Stage stage, SimDisk disk, RandomGenerator random, Sabotage sabotage, Faults faults) {
        this.stage = stage;
        this.house = new PoolHouse(disk, stage.clock(), random, sabotage, stage.journal(), faults);
    }

    /** Opens the pool; perhaps only after dying on the way. Within a thread of the world. */
    void start() {
        house.open();
        mortal = new Mortal(house.life());
        handler =
                new ReplicateHandler(
                        house.pool(),
                        (_, _) -> Outcome.done(),
                        SessionListener.NONE,
                        stage.clock());
    }

    ImagePool pool() {
        return house.pool();
    }

    Mortal mortal() {
        return mortal;
    }

    /** From now on it may be told what is no protocol. */
    void expectLies() {
        lies = true;
    }

    /** The world ends. */
    void end() {
        mortal.die();
        lines.forEach(line -> line.fell(false, false));
        lines.forEach(line -> line.fell(true, false));
    }

    /** Serves a line with a thread of its own, as the listener of a product does. */
    void serve(Line line) {
        lines.add(line);
        Mortal mine = mortal;
        ReplicateHandler serving = handler;
        stage.scheduler().start("serve", () -> serve(line.server(), serving, mine));
    }

    private void serve(Channel channel, ReplicateHandler serving, Mortal mine) {
        try (channel) {
            serving.serve(new CountingChannel(channel, stage, this::countsBlocks));
        } catch (ChannelException over) {
            if (over.reason() == ChannelException.Reason.PROTOCOL && !lies) {
                stage.broken(new Broken("the standby does not understand the agent: " + over));
            }
        } catch (ProcessEnd end) {
            stage.journal().say("the standby dies in a session");
        } catch (RuntimeException | LinkageError | AssertionError bug) {
            if (mine.breathes()) {
                stage.broken(bug);
            }
        }
    }

    private boolean countsBlocks(Message message) {
        return message instanceof Message.Block;
    }

    /** The process is gone. */
    void fall(boolean power) {
        mortal.die();
        lines.forEach(line -> line.fell(false, power));
        lines.clear();
        house.fall(power);
    }
}
