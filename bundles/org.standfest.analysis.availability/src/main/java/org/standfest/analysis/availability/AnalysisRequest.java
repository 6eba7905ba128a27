package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.SolveLimits;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of an analysis.
 *
 * @param assumptions what is taken for granted
 * @param service name or id of the only service of interest; empty for all
 * @param cutSetsListed how many cut sets of each service are listed, 0 for none
 * @param draws of the uncertain figures for each service, 0 for none, otherwise 20 or more
 * @param seed of the draws: the same seed gives the same answer
 * @param fixed what is supposed to be lost or perfect
 * @param parts what is calculated beside the availability
 * @param extent how far answers are pursued
 */
public record AnalysisRequest(
        Assumptions assumptions,
        Optional<String> service,
        int cutSetsListed,
        int draws,
        long seed,
        List<Supposition> fixed,
        Set<Part> parts,
        Extent extent) {

    /** With the usual extent. */
    public AnalysisRequest(
            Assumptions assumptions,
            Optional<String> service,
            int cutSetsListed,
            int draws,
            long seed,
            List<Supposition> fixed,
            Set<Part> parts) {
        this(assumptions, service, cutSetsListed, draws, seed, fixed, parts, Extent.USUAL);
    }

    /**
     * How far answers are pursued.
     *
     * @param atLeast asks how probably so many services are down together; below 2: not asked
     * @param estimated whether random samples say what bounds leave open
     * @param timeEach for the exact solution of one structure, before it gets bounds
     */
    public record Extent(int atLeast, boolean estimated, Duration timeEach) {

        /** No further question, no samples, ten minutes. */
        public static final Extent USUAL = new Extent(0, false, SolveLimits.STANDARD.time());

        /** Checks. */
        public Extent {
            if (atLeast < 0 || timeEach.isNegative()) {
                throw new IllegalArgumentException(atLeast + ", " + timeEach);
            }
        }
    }

    /** What can be left out to save time. */
    public enum Part {
        /** Outage durations, data loss and what they mean for the objectives. */
        OBJECTIVES,
        /** What each site's loss means. */
        SITES,
        /** Any service down. */
        PLATFORM,
        /** What could be improved and what it would cost. */
        IMPROVEMENTS,
        /** How full the hosts are, and licences. */
        CAPACITY
    }

    /**
     * Something supposed to be so.
     *
     * @param element name or id
     * @param up true: never fails; false: lost
     */
    public record Supposition(String element, boolean up) {}

    /** Checks and copies. */
    public AnalysisRequest {
        Objects.requireNonNull(assumptions);
        Objects.requireNonNull(extent);
        if (cutSetsListed < 0 || draws < 0) {
            throw new IllegalArgumentException("negative number");
        }
        fixed = List.copyOf(fixed);
        parts = Set.copyOf(parts);
    }

    /** Everything but uncertainty and suppositions, five cut sets each, standard assumptions. */
    public static AnalysisRequest everything() {
        return new AnalysisRequest(
                Assumptions.standard(),
                Optional.empty(),
                5,
                0,
                1,
                List.of(),
                Set.of(Part.values()));
    }

    /** The same with draws of the uncertain figures. */
    public AnalysisRequest withDraws(int number) {
        return new AnalysisRequest(
                assumptions, service, cutSetsListed, number, seed, fixed, parts, extent);
    }

    /** The same with other things beside the availability. */
    public AnalysisRequest with(Set<Part> others) {
        return new AnalysisRequest(
                assumptions, service, cutSetsListed, draws, seed, fixed, others, extent);
    }

    /** The same with other assumptions. */
    public AnalysisRequest with(Assumptions others) {
        return new AnalysisRequest(
                others, service, cutSetsListed, draws, seed, fixed, parts, extent);
    }

    /** The same pursued otherwise. */
    public AnalysisRequest with(Extent other) {
        return new AnalysisRequest(
                assumptions, service, cutSetsListed, draws, seed, fixed, parts, other);
    }
}
