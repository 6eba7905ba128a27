package org.standfest.workbench.ui.look;

import java.text.NumberFormat;
import java.util.Locale;

/** Amounts of data as people read them: three digits and a binary unit. */
public final class HumanSize {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private HumanSize() {}

    /**
     * An amount in words.
     *
     * @param bytes the amount; negative means unknown and gives a dash
     */
    public static String of(long bytes, Locale locale) {
        if (bytes < 0) {
            return "\u2013";
        }
        double value = bytes;
        int unit = 0;
        while (value >= 1023.5 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(unit == 0 || value >= 100 ? 0 : 1);
        return format.format(value) + "\u00a0" + UNITS[unit];
    }
}
