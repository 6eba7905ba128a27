package org.standfest.designer.ui.internal.beginning;

import java.util.Locale;

/** How a topology may begin. */
enum Way {
    EMPTY,
    PATTERN,
    IMPORT,
    EXAMPLE;

    /** What its texts begin with. */
    String key() {
        return "way." + name().toLowerCase(Locale.ROOT);
    }
}
