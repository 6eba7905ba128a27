package org.standfest.workbench.ui.look;

import java.util.EnumMap;
import java.util.Map;

/**
 * The colours of one theme. The same values stand in {@code css/light.css} and {@code css/dark.css}
 * for the native widgets; this class serves what is painted. Every text and light has a contrast of
 * at least 4.5 to 1 on window and surface. Immutable.
 */
public final class Shades {

    /** For bright rooms and paper. */
    public static final Shades LIGHT =
            new Shades(
                    false, 0xF3F5F7, 0xFFFFFF, 0xF3F6F9, 0xD3DAE1, 0x1B232D, 0x55606D, 0x1D5FA8,
                    0xFFFFFF, 0xE3EDF8, 0x1A7239, 0x8F5400, 0xB3261E, 0x5A6673, 0x1D5FA8, 0x6B3FA0);

    /** For control rooms and the evening. */
    public static final Shades DARK =
            new Shades(
                    true, 0x1E2227, 0x272C33, 0x2F353D, 0x414A55, 0xE6EAEE, 0xA9B3BE, 0x7AB8FF,
                    0x10161D, 0x2B3B4D, 0x5CC987, 0xE3A63A, 0xFF8A80, 0xA9B3BE, 0x7AB8FF, 0xC6A2F2);

    private final boolean dark;
    private final Map<Shade, Integer> values = new EnumMap<>(Shade.class);

    private Shades(boolean dark, int... inOrder) {
        this.dark = dark;
        Shade[] all = Shade.values();
        for (int i = 0; i < all.length; i++) {
            values.put(all[i], inOrder[i]);
        }
    }

    /** The set that fits a background, given as 0xRRGGBB. */
    public static Shades on(int background) {
        return luminance(background) < 0.2 ? DARK : LIGHT;
    }

    /** A colour as 0xRRGGBB. */
    public int rgb(Shade shade) {
        return values.get(shade);
    }

    /** Whether text is lighter than what lies behind it. */
    public boolean dark() {
        return dark;
    }

    /** The contrast of two colours by WCAG 2, from 1 to 21. */
    public static double contrast(int one, int other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255)
                + 0.7152 * linear(rgb >> 8 & 255)
                + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
