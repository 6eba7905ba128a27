package org.standfest.recovery.plans;

import org.standfest.probe.GoneRule;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Chronicle;
import org.standfest.recovery.FileCourseStore;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.Told;
import org.standfest.recovery.journal.Journal;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A world of which every fact is a file, with the real course store and the real journal, so that
 * it outlives a process that is really killed. Acts are counted; at a chosen one the process halts.
 */
final class FolderWorld implements Images, EmergencyMachines, ServiceTest, Witnesses {

    static final String SYSTEM = "ledger";

    private final Path folder;
    private final int deadly;
    private int acts;

    FolderWorld(Path folder, int deadly) {
        this.folder = folder;
        this.deadly = deadly;
    }

    /** The process that is killed: {@code FOLDER ACT}. */
    public static void main(String[] arguments) {
        FolderWorld world = new FolderWorld(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        RecoveryEngine engine = world.engine();
        Told why = Told.of(Explanation.rendered("x", "a", "b", "c"));
        engine.outage(SYSTEM, "watch", why, Optional.empty()).orThrow();
        engine.begin(SYSTEM, PlanKind.ACTIVATION, "anna", Map.of(), List.of()).orThrow();
    }

    Journal journal() {
        return Journal.open(folder.resolve("journal.jsonl"), InstantSource.system()).orThrow();
    }

    RecoveryEngine engine() {
        Journal journal = journal();
        Chronicle counted =
                (who, systemId, what, details) -> {
                    journal.append(who, systemId, what, details);
                    act();
                };
        RecoveryEngine engine =
                new RecoveryEngine(
                        new FileCourseStore(folder.resolve("systems")),
                        counted,
                        new StandbyPlans(
                                this,
                                this,
                                new GoneRule(2),
                                this,
                                this,
                                null,
                                null,
                                _ -> {},
                                List::of),
                        InstantSource.system(),
                        Runnable::run,
                        _ -> {},
                        () -> "op-1");
        engine.open().orThrow();
        engine.meet(SYSTEM).orThrow();
        return engine;
    }

    private void act() {
        acts++;
        if (acts == deadly) {
            Runtime.getRuntime().halt(137);
        }
    }

    /** Facts of a kind, by their names. */
    List<String> facts(String kind) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(kind + "-"))
                    .sorted()
                    .toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** How often a machine was started. */
    int starts() {
        try {
            Path file = folder.resolve("starts");
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private Outcome<Void> put(String name, boolean there) {
        act();
        try {
            if (there) {
                Files.writeString(folder.resolve(name), "");
            } else {
                Files.deleteIfExists(folder.resolve(name));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        act();
        return Outcome.done();
    }

    @Override
    public List<Verdict> ask(String systemId) {
        act();
        return List.of(
                verdict("tcp", Verdict.Answer.NEGATIVE), verdict("agent", Verdict.Answer.NEGATIVE));
    }

    private static Verdict verdict(String probe, Verdict.Answer answer) {
        return new Verdict(probe, SYSTEM, answer, SimulatedWorld.broken(), Duration.ofMillis(1));
    }

    @Override
    public Outcome<Newest> newest(String systemId) {
        return Outcome.done(new Newest("p-1", Instant.EPOCH));
    }

    @Override
    public Outcome<Void> hold(String systemId, String holder, String reason) {
        return put("hold-" + holder, true);
    }

    @Override
    public Outcome<Void> release(String systemId, String holder) {
        return put("hold-" + holder, false);
    }

    @Override
    public Outcome<Long> epoch(String systemId) {
        return Outcome.done(1L + facts("epoch").size());
    }

    @Override
    public Outcome<Long> raiseEpoch(String systemId) {
        long next = 2L + facts("epoch").size();
        return put("epoch-" + next, true).map(_ -> next);
    }

    @Override
    public Outcome<Void> prepare(String systemId, String machine, Map<String, String> hardware) {
        return put("overlay-" + machine, true);
    }

    @Override
    public Outcome<Void> start(String systemId, String machine) {
        if (running(systemId, machine)) {
            return Outcome.done();
        }
        try {
            Files.writeString(
                    folder.resolve("starts"),
                    machine + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        try {
            Files.writeString(folder.resolve("running-" + machine), "");
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        act();
        return Outcome.done();
    }

    @Override
    public Outcome<Integer> startIsolated(String systemId, String machine) {
        return Outcome.done(1);
    }

    @Override
    public boolean running(String systemId, String machine) {
        return Files.exists(folder.resolve("running-" + machine));
    }

    @Override
    public Outcome<Void> shutDown(String systemId, String machine) {
        return end(systemId, machine);
    }

    @Override
    public Outcome<Void> end(String systemId, String machine) {
        return put("running-" + machine, false);
    }

    @Override
    public Outcome<Void> discard(String systemId, String machine) {
        return put("overlay-" + machine, false);
    }

    @Override
    public String lastWords(String systemId, String machine) {
        return "";
    }

    @Override
    public Optional<Verdict> test(String systemId, Place place) {
        return Optional.of(
                verdict(
                        "http",
                        facts("running").isEmpty()
                                ? Verdict.Answer.NEGATIVE
                                : Verdict.Answer.POSITIVE));
    }

    @Override
    public Optional<Verdict> testIsolated(String systemId, int hostPort) {
        return Optional.empty();
    }

    @Override
    public Duration limit(String systemId) {
        return Duration.ofSeconds(2);
    }
}
