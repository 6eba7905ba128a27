package org.standfest.recovery.ways;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

import java.util.Locale;

/** The texts of this package. */
final class WayTexts {

    private static final Catalog CATALOG = Catalog.beside(WayTexts.class);

    private WayTexts() {}

    static String step(String id, Locale locale) {
        return CATALOG.text(locale, "step." + id);
    }

    static Explanation explain(String code, Object... arguments) {
        return CATALOG.explain(code, arguments);
    }
}
