package org.standfest.analysis.classes;

import org.standfest.results.Catalog;

import java.util.Locale;

/**
 * The availability classes of the BSI's Hochverfügbarkeitskompendium (volume G): VK 0 to VK 4 by
 * availability in normal operation. VK 5, disaster tolerance, says how something behaves in a
 * disaster and cannot be read from a number; it is never given here.
 */
public enum BsiClass {
    /** Without assured availability. */
    VK_0(Double.POSITIVE_INFINITY),
    /** Normal availability: 99 %. */
    VK_1(1e-2),
    /** High availability: 99.9 %. */
    VK_2(1e-3),
    /** Very high availability: 99.99 %. */
    VK_3(1e-4),
    /** Highest availability: 99.999 %. */
    VK_4(1e-5);

    private static final Catalog CATALOG = Catalog.beside(BsiClass.class);

    /** Forgives the rounding of a limit that is reached exactly. */
    private static final double ROUNDING = 1e-12;

    private final double mostUnavailability;

    BsiClass(double mostUnavailability) {
        this.mostUnavailability = mostUnavailability;
    }

    /** The largest unavailability that belongs to the class. */
    public double mostUnavailability() {
        return mostUnavailability;
    }

    /**
     * The class that is reached.
     *
     * @param unavailability 0 to 1; with an estimate or a bound the upper end belongs here
     */
    public static BsiClass of(double unavailability) {
        BsiClass reached = VK_0;
        for (BsiClass each : values()) {
            if (unavailability <= each.mostUnavailability * (1 + ROUNDING)) {
                reached = each;
            }
        }
        return reached;
    }

    /** The class with its sentences. */
    public static Rating rate(double unavailability) {
        BsiClass reached = of(unavailability);
        String code = "class." + reached.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Rating(
                Rating.Scheme.BSI,
                reached.name().replace('_', ' '),
                Rating.Support.SOURCED,
                CATALOG.explain(code, minutesPerYear(unavailability)));
    }

    private static String minutesPerYear(double unavailability) {
        double minutes = unavailability * 8_760 * 60;
        return minutes >= 10
                ? String.valueOf(Math.round(minutes))
                : String.format(Locale.ROOT, "%.2g", minutes);
    }
}
