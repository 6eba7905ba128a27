package org.standfest.workbench.ui.look;

import org.standfest.results.Catalog;
import org.standfest.results.Severity;

import java.util.Locale;

/**
 * A state for people: a shape, a word and a colour, always in this order of importance, so that it
 * is readable in greyscale and with red-green blindness. The worst first, for sorting.
 */
public enum Light {
    /** Filled square, red: down. */
    DOWN,
    /** Triangle, amber: needs attention. */
    ATTENTION,
    /** Play sign, blue: the standby serves. */
    EMERGENCY,
    /** Diamond, violet: planned work is under way. */
    PLANNED,
    /** Ring, grey: not known. */
    UNKNOWN,
    /** Filled circle, green: in order. */
    IN_ORDER;

    private static final Catalog WORDS = Catalog.beside(Light.class);

    /** The word that belongs to the shape. */
    public String word(Locale locale) {
        return WORDS.text(locale, "light." + name());
    }

    /** The light of a finding. */
    public static Light of(Severity severity) {
        return switch (severity) {
            case ERROR -> DOWN;
            case WARNING -> ATTENTION;
            case HINT -> UNKNOWN;
        };
    }

    /**
     * The outline of the shape in a square.
     *
     * @param size edge of the square
     * @return corner coordinates x0, y0, x1, y1, …; empty for the round shapes
     */
    public double[] corners(double size) {
        double s = size;
        return switch (this) {
            case DOWN ->
                    new double[] {s * .1, s * .1, s * .9, s * .1, s * .9, s * .9, s * .1, s * .9};
            case ATTENTION -> new double[] {s * .5, s * .04, s * .98, s * .92, s * .02, s * .92};
            case EMERGENCY -> new double[] {s * .16, s * .04, s * .96, s * .5, s * .16, s * .96};
            case PLANNED -> new double[] {s * .5, 0, s, s * .5, s * .5, s, 0, s * .5};
            case UNKNOWN, IN_ORDER -> new double[0];
        };
    }

    /** Whether the shape is only an outline. */
    public boolean hollow() {
        return this == UNKNOWN;
    }
}
