package org.standfest.standby;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

import java.util.Locale;

/** The texts of this package. */
final class StandbyTexts {

    static final Catalog CATALOG = Catalog.beside(StandbyTexts.class);

    private StandbyTexts() {}

    static Explanation explain(String code, Object... arguments) {
        return CATALOG.explain(code, arguments);
    }

    static String text(Locale locale, String key, Object... arguments) {
        return CATALOG.text(locale, key, arguments);
    }
}
