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
 * @param point the recovery point that is compared; empty: none yet
 * @param volume the number of the volume that is next
 * @param position the block of a disk that is next, or the number of entries of a tree compared
 * @param begunAt when this round began; empty: none is under way
 * @param comparedBytes how much of this round was compared
 * @param differing places that differ, {@code VOLUME:BLOCK} or {@code VOLUME:/PATH}, at most
 *     {@value #MOST}
 * @param differences how many differ altogether in this round
 * @param provedAt when everything was found identical last; empty: never
 * @param last how the last full round ended: {@code NEVER}, {@code IDENTICAL}, {@code DIFFERENT}
 */
record ComparisonState(
        String point,
        int volume,
        long position,
        Optional<Instant> begunAt,
        long comparedBytes,
        List<String> differing,
        long differences,
        Optional<Instant> provedAt,
        String last) {

    static final int MOST = 64;

    static final ComparisonState NEW =
            new ComparisonState(
                    "", 0, 0, Optional.empty(), 0, List.of(), 0, Optional.empty(), "NEVER");

    ComparisonState {
        differing = List.copyOf(differing);
    }

    ComparisonState begun(String newPoint, Instant now) {
        return new ComparisonState(
                newPoint, 0, 0, Optional.of(now), 0, List.of(), 0, provedAt, last);
    }

    ComparisonState moved(int toVolume, long toPosition, long bytes, List<String> places) {
        List<String> all = new ArrayList<>(differing);
        places.stream().limit(MOST - (long) all.size()).forEach(all::add);
        return new ComparisonState(
                point,
                toVolume,
                toPosition,
                begunAt,
                comparedBytes + bytes,
                all,
                differences + places.size(),
                provedAt,
                last);
    }

    /** The newest point has become another one; what was compared before stays compared. */
    ComparisonState against(String newPoint) {
        return new ComparisonState(
                newPoint,
                volume,
                position,
                begunAt,
                comparedBytes,
                differing,
                differences,
                provedAt,
                last);
    }

    ComparisonState over(Instant now) {
        boolean identical = differences == 0;
        return new ComparisonState(
                point,
                0,
                0,
                Optional.empty(),
                comparedBytes,
                differing,
                differences,
                identical ? Optional.of(now) : provedAt,
                identical ? "IDENTICAL" : "DIFFERENT");
    }

    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("comparison", begunAt.isPresent() ? "RUNNING" : last);
        facts.put("differingBlocks", Long.toString(differences));
        facts.put("comparedBytes", Long.toString(comparedBytes));
        if (!differing.isEmpty()) {
            String places = String.join(" ", differing);
            facts.put("differing", places.substring(0, Math.min(900, places.length())));
        }
        provedAt.ifPresent(at -> facts.put("provedAtMillis", "" + at.toEpochMilli()));
        return facts;
    }

    static ComparisonState read(Path file) {
        try {
            Map<String, String> from = PropertiesFile.read(file);
            return from.isEmpty()
                    ? NEW
                    : new ComparisonState(
                            from.getOrDefault("point", ""),
                            Integer.parseInt(from.getOrDefault("volume", "0")),
                            Long.parseLong(from.getOrDefault("position", "0")),
                            Optional.ofNullable(from.get("begunAt")).map(Instant::parse),
                            Long.parseLong(from.getOrDefault("comparedBytes", "0")),
                            from.getOrDefault("differing", "").lines().limit(MOST).toList(),
                            Long.parseLong(from.getOrDefault("differences", "0")),
                            Optional.ofNullable(from.get("provedAt")).map(Instant::parse),
                            from.getOrDefault("last", "NEVER"));
        } catch (IOException | RuntimeException _) {
            // A lost position costs one more round.
            return NEW;
        }
    }

    Outcome<Void> write(Path file) {
        Map<String, String> to = new TreeMap<>();
        to.put("point", point);
        to.put("volume", Integer.toString(volume));
        to.put("position", Long.toString(position));
        begunAt.ifPresent(at -> to.put("begunAt", at.toString()));
        to.put("comparedBytes", Long.toString(comparedBytes));
        to.put("differing", String.join("\n", differing));
        to.put("differences", Long.toString(differences));
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
