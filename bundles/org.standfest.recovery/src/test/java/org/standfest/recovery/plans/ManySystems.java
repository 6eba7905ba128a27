package org.standfest.recovery.plans;

import org.standfest.probe.Verdict;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Many systems that start at once and serve at once, unless they are broken. */
public final class ManySystems
        implements Images, EmergencyMachines, ServiceTest, Witnesses, InstantSource {

    private final Set<String> ids;
    private final Set<String> broken = new HashSet<>();
    private final Set<String> running = new HashSet<>();
    private final Set<String> unseen = new HashSet<>();
    private final List<String> started = new ArrayList<>();
    private int most;
    private int number;
    private long now = 1_000_000;

    /** With these systems, all of them out. */
    public ManySystems(Set<String> ids) {
        this.ids = ids;
    }

    /** The systems. */
    public Set<String> ids() {
        return ids;
    }

    /** Lets a system never serve. */
    public void breakDown(String systemId) {
        broken.add(systemId);
    }

    /** The systems in the order of their starts, each start once. */
    public List<String> started() {
        return started;
    }

    /** How many were started and not yet seen to serve, at most. */
    public int mostAtOnce() {
        return most;
    }

    /** A new id. */
    public String newId() {
        number++;
        return "op-" + number;
    }

    @Override
    public Instant instant() {
        now++;
        return Instant.ofEpochMilli(now);
    }

    @Override
    public List<Verdict> ask(String systemId) {
        return List.of(
                verdict("tcp", Verdict.Answer.NEGATIVE), verdict("agent", Verdict.Answer.NEGATIVE));
    }

    private static Verdict verdict(String probe, Verdict.Answer answer) {
        return new Verdict(probe, "x", answer, SimulatedWorld.broken(), Duration.ofMillis(1));
    }

    @Override
    public Outcome<Newest> newest(String systemId) {
        return Outcome.done(new Newest("p-1", Instant.EPOCH));
    }

    @Override
    public Outcome<Void> hold(String systemId, String holder, String reason) {
        return Outcome.done();
    }

    @Override
    public Outcome<Void> release(String systemId, String holder) {
        return Outcome.done();
    }

    @Override
    public Outcome<Long> epoch(String systemId) {
        return Outcome.done(1L);
    }

    @Override
    public Outcome<Long> raiseEpoch(String systemId) {
        return Outcome.done(2L);
    }

    @Override
    public Outcome<Void> prepare(String systemId, String machine, Map<String, String> hardware) {
        return Outcome.done();
    }

    @Override
    public Outcome<Void> start(String systemId, String machine) {
        if (running.add(systemId)) {
            started.add(systemId);
            unseen.add(systemId);
            most = Math.max(most, unseen.size());
        }
        return Outcome.done();
    }

    @Override
    public Outcome<Integer> startIsolated(String systemId, String machine) {
        return Outcome.done(1);
    }

    @Override
    public boolean running(String systemId, String machine) {
        return running.contains(systemId) && !broken.contains(systemId);
    }

    @Override
    public Outcome<Void> shutDown(String systemId, String machine) {
        return end(systemId, machine);
    }

    @Override
    public Outcome<Void> end(String systemId, String machine) {
        running.remove(systemId);
        unseen.remove(systemId);
        return Outcome.done();
    }

    @Override
    public Outcome<Void> discard(String systemId, String machine) {
        return Outcome.done();
    }

    @Override
    public String lastWords(String systemId, String machine) {
        return "panic";
    }

    @Override
    public Optional<Verdict> test(String systemId, Place place) {
        unseen.remove(systemId);
        boolean serves = running.contains(systemId) && !broken.contains(systemId);
        return Optional.of(
                verdict("http", serves ? Verdict.Answer.POSITIVE : Verdict.Answer.NEGATIVE));
    }

    @Override
    public Optional<Verdict> testIsolated(String systemId, int hostPort) {
        return Optional.of(verdict("http", Verdict.Answer.POSITIVE));
    }

    @Override
    public Duration limit(String systemId) {
        return Duration.ofMillis(5);
    }
}
