package org.standfest.replication.snapshots;

import org.standfest.host.ProgramRunner;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.SourceFacts;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Holds applications still by the administrator's scripts: {@link VolumeSource#FREEZE} in the order
 * of the volumes, {@link VolumeSource#THAW} in the opposite order; a script that several volumes
 * name runs once.
 *
 * <p>How to thaw is noted durably before the first freeze script starts, and the note goes only
 * after all thaw scripts said that they succeeded. So thawing happens after success, failure, time
 * limit, interrupt, and, by {@link #thawLeftOvers}, after a kill. A script sees {@code
 * STANDFEST_SYSTEM} and {@code STANDFEST_PHASE} ({@code freeze} or {@code thaw}) in its
 * environment. Safe for any thread, for one system by one at a time.
 */
public final class ScriptFreezer implements Freezer {

    private static final int TOLD_OUTPUT = 300;

    private final FreezeNotes notes;
    private final ProgramRunner programs;
    private final InstantSource clock;

    /**
     * @param folder for notes of what is held; the same after a restart, created when needed
     */
    public ScriptFreezer(Path folder, ProgramRunner programs, InstantSource clock) {
        this.notes = new FreezeNotes(folder);
        this.programs = programs;
        this.clock = clock;
    }

    @Override
    public Outcome<Hold> freeze(String systemId, List<VolumeSource> volumes) {
        SequencedSet<Script> freezes = new LinkedHashSet<>();
        SequencedSet<Script> thaws = new LinkedHashSet<>();
        for (VolumeSource volume : volumes) {
            try {
                Script.of(volume, VolumeSource.FREEZE, VolumeSource.FREEZE_SECONDS)
                        .ifPresent(freezes::add);
                Script.of(volume, VolumeSource.THAW, VolumeSource.THAW_SECONDS)
                        .ifPresent(thaws::add);
            } catch (IllegalArgumentException wrong) {
                return Outcome.refused(
                        Texts.explain("script-wrong", volume.name(), wrong.getMessage()));
            }
        }
        try {
            Optional<Explanation> stillHeld =
                    thaw(systemId, notes.thaws(systemId), new ArrayList<>());
            if (stillHeld.isPresent()) {
                return Outcome.failed(stillHeld.get());
            }
            if (freezes.isEmpty()) {
                return Outcome.done(Hold.NONE);
            }
            notes.hold(systemId, List.copyOf(thaws.reversed()));
        } catch (IOException fault) {
            return Outcome.failed(
                    Texts.explain("freeze-note", systemId, fault.getMessage()), fault);
        }
        Held held = new Held(systemId, List.copyOf(thaws.reversed()), clock.instant());
        boolean complete = false;
        try {
            for (Script script : freezes) {
                Optional<Explanation> problem =
                        run(script, systemId, "freeze", held.said(SourceFacts.FREEZE_OUTPUT));
                if (problem.isPresent()) {
                    return Outcome.failed(problem.get());
                }
            }
            complete = true;
            return Outcome.done(held);
        } finally {
            if (!complete) {
                held.thaw();
            }
        }
    }

    @Override
    public Outcome<Void> thawLeftOvers() {
        List<String> stillHeld = new ArrayList<>();
        String why = "";
        try {
            for (String systemId : notes.systems()) {
                try {
                    Optional<Explanation> problem =
                            thaw(systemId, notes.thaws(systemId), new ArrayList<>());
                    if (problem.isPresent()) {
                        stillHeld.add(systemId);
                        why = problem.get().happened(Locale.getDefault());
                    }
                } catch (IOException unreadable) {
                    stillHeld.add(systemId);
                    why = unreadable.getMessage();
                }
            }
        } catch (IOException unreadable) {
            return Outcome.failed(
                    Texts.explain("freeze-note", "", unreadable.getMessage()), unreadable);
        }
        return stillHeld.isEmpty()
                ? Outcome.done()
                : Outcome.failed(Texts.explain("still-held", String.join(", ", stillHeld), why));
    }

    /** Runs all thaw scripts, also after one failed, and forgets the system if none did. */
    private Optional<Explanation> thaw(String systemId, List<Script> scripts, List<String> said) {
        Optional<Explanation> problem = Optional.empty();
        for (Script script : scripts) {
            Optional<Explanation> one = run(script, systemId, "thaw", said);
            problem = problem.isPresent() ? problem : one;
        }
        if (problem.isEmpty()) {
            try {
                notes.release(systemId);
            } catch (IOException fault) {
                return Optional.of(Texts.explain("freeze-note", systemId, fault.getMessage()));
            }
        }
        return problem;
    }

    private Optional<Explanation> run(
            Script script, String systemId, String phase, List<String> said) {
        Map<String, String> environment =
                Map.of("STANDFEST_SYSTEM", systemId, "STANDFEST_PHASE", phase);
        // A thaw must run also when the session was interrupted.
        boolean interrupted = phase.equals("thaw") && Thread.interrupted();
        try {
            ProgramRunner.Result result = programs.run(script.words(), environment, script.limit());
            String output = result.output().strip();
            String told =
                    output.length() > TOLD_OUTPUT
                            ? "…" + output.substring(output.length() - TOLD_OUTPUT)
                            : output;
            said.add(script.program() + ": exit code " + result.exitCode() + " " + told);
            if (result.exitCode() == ProgramRunner.Result.LATE) {
                return Optional.of(
                        Texts.explain(
                                phase + "-late",
                                script.program(),
                                script.limit().toSeconds(),
                                told));
            }
            return result.succeeded()
                    ? Optional.empty()
                    : Optional.of(
                            Texts.explain(
                                    phase + "-failed", script.program(), result.exitCode(), told));
        } catch (IOException notStarted) {
            return Optional.of(
                    Texts.explain("script-not-started", script.program(), notStarted.getMessage()));
        } catch (InterruptedException stopped) {
            interrupted = true;
            return Optional.of(Texts.explain("script-stopped", script.program()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A system that is held. */
    private final class Held implements Hold {

        private final String systemId;
        private final List<Script> scripts;
        private final Instant since;
        private final Map<String, List<String>> said = new LinkedHashMap<>();
        private boolean thawed;

        Held(String systemId, List<Script> scripts, Instant since) {
            this.systemId = systemId;
            this.scripts = scripts;
            this.since = since;
        }

        List<String> said(String key) {
            return said.computeIfAbsent(key, _ -> new ArrayList<>());
        }

        @Override
        public boolean applications() {
            return true;
        }

        @Override
        public synchronized Map<String, String> thaw() {
            if (thawed) {
                return Map.of();
            }
            thawed = true;
            Optional<Explanation> problem =
                    ScriptFreezer.this.thaw(systemId, scripts, said(SourceFacts.THAW_OUTPUT));
            Map<String, String> facts = new LinkedHashMap<>();
            said.forEach(
                    (key, lines) -> facts.put(key, SourceFacts.fitting(String.join("\n", lines))));
            facts.put(
                    SourceFacts.FROZEN_MILLIS,
                    Long.toString(Duration.between(since, clock.instant()).toMillis()));
            problem.ifPresent(
                    why ->
                            facts.put(
                                    SourceFacts.THAW_PROBLEM,
                                    SourceFacts.fitting(why.happened(Locale.getDefault()))));
            return facts;
        }
    }
}
