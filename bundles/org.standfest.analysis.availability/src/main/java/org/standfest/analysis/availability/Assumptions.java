package org.standfest.analysis.availability;

import org.standfest.topology.Topology;

import java.util.Objects;

/**
 * What an analysis takes for granted beyond the topology.
 *
 * @param defaults figures for components for which none are stated
 * @param commonCauseBeta share of a machine's failures that hit all machines of a redundant group
 *     at once: firmware, the same update, an administrator; 0 to 1. IEC 61508-6 annex D works with
 *     0.01 to 0.1
 * @param manualTakeoverHours until a person has done what should have happened by itself
 * @param standbyTestIntervalHours how often it is tested that a standby starts an image
 * @param stretchedHopsMax routes over more sites than this are not counted; fewer routes make the
 *     result worse, never better
 * @param repairCrews how many machines of a group are repaired at once; 0: as many as the topology
 *     has people for the technology, two where that is not stated
 */
public record Assumptions(
        ComponentDefaults defaults,
        double commonCauseBeta,
        double manualTakeoverHours,
        double standbyTestIntervalHours,
        int stretchedHopsMax,
        int repairCrews) {

    private static final int CREWS_NOT_STATED = 2;

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
        if (!(commonCauseBeta >= 0 && commonCauseBeta <= 1)
                || !(manualTakeoverHours > 0)
                || !(standbyTestIntervalHours > 0)
                || stretchedHopsMax < 1
                || repairCrews < 0) {
            throw new IllegalArgumentException("assumptions out of range");
        }
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
        return new Assumptions(ComponentDefaults.delivered(), 0.01, 1, 24, 12);
    }
}
