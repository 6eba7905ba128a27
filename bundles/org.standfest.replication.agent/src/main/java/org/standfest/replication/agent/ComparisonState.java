package org.standfest.replication.agent;

import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far the comparison of a system with the pool is, over restarts.
 *
 * @param volume the volume that is next; empty: the first
 * @param place the place in it that is next
 * @param begunAt when this round began; empty: none is under way
 * @param endedAt when the last full round ended; empty: never
 * @param comparedBytes how much of this round was compared
 * @param differing places that differ, {@code VOLUME:BLOCK} or {@code VOLUME:/PATH}, at most
 *     {@value #MOST}
 * @param differences how many differ altogether in this round
 * @param atSource how many of them because the source shows something else than was sent
 * @param changedMeanwhile what a source without snapshots changed between session and comparison
 * @param provedAt when everything was found identical last; empty: never
 * @param last how the last full round ended: {@code NEVER}, {@code IDENTICAL}, {@code DIFFERENT}
 */
record ComparisonState(
        String volume,
        String place,
        Optional<Instant> begunAt,
        Optional<Instant> endedAt,
        long comparedBytes,
        List<String> differing,
        long differences,
        long atSource,
        long changedMeanwhile,
        Optional<Instant> provedAt,
        String last) {

    static final int MOST = 64;

    static final ComparisonState NEW =
            new ComparisonState(
                    "",
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    List.of(),
                    0,
                    0,
                    0,
                    Optional.empty(),
                    "NEVER");

    ComparisonState {
        differing = List.copyOf(differing);
    }

    ComparisonState begun(Instant now) {
        return new ComparisonState(
                "", "", Optional.of(now), endedAt, 0, List.of(), 0, 0, 0, provedAt, last);
    }

    ComparisonState moved(
            String toVolume,
            String toPlace,
            long bytes,
            List<String> places,
            long ofSource,
            long changed) {
        List<String> all = new ArrayList<>(differing);
        places.stream().limit(Math.max(0, MOST - all.size())).forEach(all::add);
        return new ComparisonState(
                toVolume,
                toPlace,
                begunAt,
                endedAt,
                comparedBytes + bytes,
                all,
                differences + places.size(),
                atSource + ofSource,
                changedMeanwhile + changed,
                provedAt,
                last);
    }

    ComparisonState over(Instant now) {
        boolean identical = differences == 0;
        return new ComparisonState(
                "",
                "",
                Optional.empty(),
                Optional.of(now),
                comparedBytes,
                differing,
                differences,
                atSource,
                changedMeanwhile,
                identical ? Optional.of(now) : provedAt,
                identical ? "IDENTICAL" : "DIFFERENT");
    }

    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("comparison", begunAt.isPresent() ? "RUNNING" : last);
        facts.put("differingBlocks", Long.toString(differences));
        facts.put("bytesCompared", Long.toString(comparedBytes));
        facts.put("changedMeanwhile", Long.toString(changedMeanwhile));
        if (!differing.isEmpty()) {
            String places = String.join(" ", differing);
            facts.put("differing", places.substring(0, Math.min(900, places.length())));
        }
        endedAt.ifPresent(at -> facts.put("comparedAtMillis", "" + at.toEpochMilli()));
        provedAt.ifPresent(at -> facts.put("provedAtMillis", "" + at.toEpochMilli()));
        return facts;
    }

    static ComparisonState read(Path file) {
        try {
            Map<String, String> from = PropertiesFile.read(file);
            return from.isEmpty()
                    ? NEW
                    : new ComparisonState(
                            from.getOrDefault("volume", ""),
                            from.getOrDefault("place", ""),
                            Optional.ofNullable(from.get("begunAt")).map(Instant::parse),
                            Optional.ofNullable(from.get("endedAt")).map(Instant::parse),
                            number(from, "comparedBytes"),
                            from.getOrDefault("differing", "").lines().limit(MOST).toList(),
                            number(from, "differences"),
                            number(from, "atSource"),
                            number(from, "changedMeanwhile"),
                            Optional.ofNullable(from.get("provedAt")).map(Instant::parse),
                            from.getOrDefault("last", "NEVER"));
        } catch (IOException | RuntimeException _) {
            // A lost position costs one more round.
            return NEW;
        }
    }

    private static long number(Map<String, String> from, String key) {
        return Long.parseLong(from.getOrDefault(key, "0"));
    }

    Outcome<Void> write(Path file) {
        Map<String, String> to = new TreeMap<>();
        to.put("volume", volume);
        to.put("place", place);
        begunAt.ifPresent(at -> to.put("begunAt", at.toString()));
        endedAt.ifPresent(at -> to.put("endedAt", at.toString()));
        to.put("comparedBytes", Long.toString(comparedBytes));
        to.put("differing", String.join("\n", differing));
        to.put("differences", Long.toString(differences));
        to.put("atSource", Long.toString(atSource));
        to.put("changedMeanwhile", Long.toString(changedMeanwhile));
        provedAt.ifPresent(at -> to.put("provedAt", at.toString()));
        to.put("last", last);
        try {
            PropertiesFile.write(file, to);
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(AgentHome.TEXTS.explain("agent.cannot-write", file), fault);
        }
    }
}
