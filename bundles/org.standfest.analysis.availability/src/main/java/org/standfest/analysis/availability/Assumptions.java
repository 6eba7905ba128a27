package org.standfest.analysis.availability;

import org.standfest.topology.Topology;

import java.util.Objects;

/**
 * What an analysis takes for granted beyond the topology. {@link Library} reads it from files.
 *
 * @param defaults figures for components for which none are stated
 * @param costs what improvements cost
 * @param commonCauseBeta share of a machine's failures that hit all machines of a redundant group
 *     at once: firmware, the same update, an administrator; 0 to 1. IEC 61508-6 annex D works with
 *     0.01 to 0.1
 * @param manualTakeoverHours until a person has done what should have happened by itself
 * @param standbyTestIntervalHours how often it is tested that a standby starts an image
 * @param stretchedHopsMax routes over more sites than this are not counted; fewer routes make the
 *     result worse, never better
 * @param repairCrews how many machines are repaired at once; 0: as many as the topology has people
 *     for the technology, two where that is not stated
 * @param repairStages 1 for exponential repair times; more make them Erlang distributed where a
 *     group waits for a single person
 */
public record Assumptions(
        ComponentDefaults defaults,
        CostDefaults costs,
        double commonCauseBeta,
        double manualTakeoverHours,
        double standbyTestIntervalHours,
        int stretchedHopsMax,
        int repairCrews,
        int repairStages) {

    private static final int CREWS_NOT_STATED = 2;
    private static final int STAGES_MOST = 50;

    /** Delivered costs and exponential repairs. */
    public Assumptions(
            ComponentDefaults defaults,
            double commonCauseBeta,
            double manualTakeoverHours,
            double standbyTestIntervalHours,
            int stretchedHopsMax,
            int repairCrews) {
        this(
                defaults,
                CostDefaults.delivered(),
                commonCauseBeta,
                manualTakeoverHours,
                standbyTestIntervalHours,
                stretchedHopsMax,
                repairCrews,
                1);
    }

    /** With the crews that the topology states. */
    public Assumptions(
            ComponentDefaults defaults,
            double commonCauseBeta,
            double manualTakeoverHours,
            double standbyTestIntervalHours,
            int stretchedHopsMax) {
        this(
                defaults,
                commonCauseBeta,
                manualTakeoverHours,
                standbyTestIntervalHours,
                stretchedHopsMax,
                0);
    }

    /** Checks the ranges. */
    public Assumptions {
        Objects.requireNonNull(defaults);
        Objects.requireNonNull(costs);
        if (!(commonCauseBeta >= 0 && commonCauseBeta <= 1)
                || !positive(manualTakeoverHours)
                || !positive(standbyTestIntervalHours)
                || stretchedHopsMax < 1
                || repairCrews < 0
                || repairStages < 1
                || repairStages > STAGES_MOST) {
            throw new IllegalArgumentException("assumptions out of range");
        }
    }

    private static boolean positive(double hours) {
        return hours > 0 && hours < Double.POSITIVE_INFINITY;
    }

    /** The same with other stages of repair. */
    public Assumptions withRepairStages(int stages) {
        return new Assumptions(
                defaults,
                costs,
                commonCauseBeta,
                manualTakeoverHours,
                standbyTestIntervalHours,
                stretchedHopsMax,
                repairCrews,
                stages);
    }

    /** The crews of a topology. */
    int crews(Topology topology) {
        if (repairCrews > 0) {
            return repairCrews;
        }
        return topology.getItStaff() > 0 ? topology.getItStaff() : CREWS_NOT_STATED;
    }

    /** The delivered library, beta 0.01, one hour for a person, a test each day, 12 sites. */
    public static Assumptions standard() {
        return Library.delivered();
    }
}
