package org.standfest.replication.engine.groups;

import org.standfest.replication.engine.groups.GroupDefinition.Limits;
import org.standfest.replication.engine.groups.GroupDefinition.Member;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.GroupMessage;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.Snapshot;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;

/**
 * A standby and agents in one thread: every thread that is started and every message becomes a
 * task, and a seed says which task comes next.
 */
final class GroupWorld {

    static final Explanation BROKEN = Explanation.rendered("test.broken", "broken", "so", "mend");

    private final SplittableRandom random;
    private final List<Runnable> tasks = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final Map<String, Agent> agents = new TreeMap<>();
    final GroupCoordinator coordinator;
    final Set<String> newest = new HashSet<>();
    final Map<String, Integer> openPoints = new HashMap<>();
    String decided = "";
    boolean poolRefuses;
    private int runs;

    GroupWorld(long seed, int agentCount) {
        random = new SplittableRandom(seed);
        InstantSource clock = () -> now;
        coordinator =
                new GroupCoordinator(
                        this::deliver, new Pool(), clock, threads(), () -> "run-" + ++runs);
        for (int i = 0; i < agentCount; i++) {
            agents.put("agent-" + i, new Agent("agent-" + i, clock));
        }
    }

    GroupDefinition group() {
        return new GroupDefinition(
                "shop",
                agents.keySet().stream().map(id -> new Member(id, "of-" + id)).toList(),
                new Limits(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60)));
    }

    private ThreadFactory threads() {
        return task ->
                new Thread(task) {
                    @Override
                    public void start() {
                        tasks.add(task);
                    }
                };
    }

    private Outcome<Void> deliver(String agentId, GroupMessage.Order order) {
        Agent agent = agents.get(agentId);
        if (!agent.connected) {
            return Outcome.failed(BROKEN);
        }
        if (!agent.unheard) {
            tasks.add(() -> agent.member.handle(order));
        }
        return Outcome.done();
    }

    /** Lets everything happen that is due now. */
    void settle() {
        while (!tasks.isEmpty()) {
            step();
        }
    }

    boolean step() {
        if (tasks.isEmpty()) {
            return false;
        }
        tasks.remove(random.nextInt(tasks.size())).run();
        return true;
    }

    void pass(Duration time) {
        now = now.plus(time);
        coordinator.tick();
        agents.values().forEach(agent -> agent.member.tick());
        settle();
    }

    /** What is still held, open or claimed anywhere. */
    List<String> held() {
        List<String> held = new ArrayList<>();
        agents.values().forEach(agent -> agent.held(held));
        openPoints.forEach(
                (system, count) -> {
                    if (count != 0) {
                        held.add("point of " + system);
                    }
                });
        return held;
    }

    private final class Pool implements GroupPool {

        @Override
        public Outcome<List<RecoveryPoint>> commit(String runId, List<IncomingPoint> prepared) {
            if (poolRefuses) {
                return Outcome.refused(BROKEN);
            }
            decided = runId;
            List<RecoveryPoint> points = new ArrayList<>();
            for (IncomingPoint point : prepared) {
                String system = point.toString();
                newest.add(system);
                openPoints.merge(system, -1, Integer::sum);
                points.add(point(system));
            }
            return Outcome.done(points);
        }

        @Override
        public boolean committed(String runId, String systemId) {
            return decided.equals(runId);
        }
    }

    private static RecoveryPoint point(String system) {
        return new RecoveryPoint(
                1, "p-" + system, "s", Instant.EPOCH, Instant.EPOCH, 1, List.of(), Map.of(), 0, 0);
    }

    private IncomingPoint incoming(String system) {
        openPoints.merge(system, 1, Integer::sum);
        return (IncomingPoint)
                Proxy.newProxyInstance(
                        GroupWorld.class.getClassLoader(),
                        new Class<?>[] {IncomingPoint.class},
                        (_, method, _) -> {
                            switch (method.getName()) {
                                case "toString" -> {
                                    return system;
                                }
                                case "close" -> openPoints.merge(system, -1, Integer::sum);
                                default -> throw new IllegalStateException(method.getName());
                            }
                            return null;
                        });
    }

    /** One agent with one system. */
    final class Agent implements GroupHost {

        final String id;
        final GroupMember member;
        boolean connected = true;
        boolean unheard;
        boolean takenAlone;
        String failsAt = "";
        boolean frozen;
        int freezes;
        boolean snapshotOpen;
        Optional<String> settledAs = Optional.empty();
        private boolean claimed;

        Agent(String id, InstantSource clock) {
            this.id = id;
            this.member = new GroupMember(this, this::send, () -> Locale.ENGLISH, clock, threads());
        }

        private void send(GroupMessage message) {
            if (connected && !unheard) {
                tasks.add(() -> coordinator.heard(id, message));
            }
        }

        void held(List<String> into) {
            if (frozen) {
                into.add(id + " is frozen");
            }
            if (snapshotOpen) {
                into.add(id + " has a snapshot");
            }
            if (claimed) {
                into.add(id + " is claimed");
            }
        }

        void loseLine() {
            connected = false;
            tasks.add(() -> coordinator.lost(id));
        }

        void lineUp() {
            connected = true;
            member.lineUp();
        }

        private <T> Outcome<T> unless(String act, T value) {
            return failsAt.equals(act) ? Outcome.failed(BROKEN) : Outcome.done(value);
        }

        @Override
        public Outcome<Void> claim(String systemId, String runId) {
            claimed = !failsAt.equals("claim");
            return unless("claim", null);
        }

        @Override
        public Outcome<Freezer.Hold> freeze(String systemId) {
            frozen = !failsAt.equals("freeze");
            freezes++;
            return unless(
                    "freeze",
                    new Freezer.Hold() {
                        @Override
                        public boolean applications() {
                            return true;
                        }

                        @Override
                        public Map<String, String> thaw() {
                            frozen = false;
                            return Map.of("thawed", "yes");
                        }
                    });
        }

        @Override
        public Outcome<Snapshot> take(String systemId) {
            takenAlone = agents.values().stream().anyMatch(agent -> !agent.frozen);
            snapshotOpen = !failsAt.equals("take");
            return unless("take", new Taken(this));
        }

        @Override
        public Outcome<Transfer> transfer(
                String systemId,
                String runId,
                Instant instant,
                Snapshot snapshot,
                Map<String, String> facts) {
            if (failsAt.equals("transfer")) {
                tasks.add(() -> coordinator.ended(runId, systemId, BROKEN));
                return Outcome.failed(BROKEN);
            }
            if (failsAt.equals("session")) {
                // Prepared at the standby, and the answer is lost.
                prepare(systemId, runId);
                return Outcome.failed(BROKEN);
            }
            if (!coordinator.admit(runId, systemId).isDone() || !prepare(systemId, runId)) {
                return Outcome.refused(BROKEN);
            }
            return Outcome.done(
                    new Transfer() {
                        @Override
                        public Optional<String> committed() {
                            return Optional.of("p-" + systemId);
                        }

                        @Override
                        public void aborted() {
                            // nothing was noted
                        }
                    });
        }

        private boolean prepare(String systemId, String runId) {
            IncomingPoint point = incoming(systemId);
            boolean taken = coordinator.prepared(runId, systemId, point, point(systemId));
            if (!taken) {
                point.close();
            }
            return taken;
        }

        @Override
        public void cancel(String systemId, String runId) {
            // transfers of this world end at once
        }

        @Override
        public void release(String systemId, String runId) {
            claimed = false;
        }
    }

    private record Taken(Agent agent) implements Snapshot {

        @Override
        public Instant takenAt() {
            return Instant.EPOCH;
        }

        @Override
        public DiskView disk(String volume) {
            throw new IllegalArgumentException(volume);
        }

        @Override
        public Path tree(String volume) {
            throw new IllegalArgumentException(volume);
        }

        @Override
        public boolean frozen() {
            return true;
        }

        @Override
        public Map<String, String> machine() {
            return Map.of();
        }

        @Override
        public void settle(Settlement settlement) {
            if (settlement instanceof Settlement.Committed(String token)) {
                agent.settledAs = Optional.of(token);
            }
        }

        @Override
        public void close() {
            agent.snapshotOpen = false;
        }
    }
}
