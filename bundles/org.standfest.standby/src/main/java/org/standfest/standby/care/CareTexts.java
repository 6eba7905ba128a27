package org.standfest.standby.care;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

import java.util.Locale;

/** The texts of this package. */
final class CareTexts {

    private static final Catalog CATALOG = Catalog.beside(CareTexts.class);

    private CareTexts() {}

    static Explanation explain(String code, Object... arguments) {
        return CATALOG.explain(code, arguments);
    }

    static String text(Locale locale, String key, Object... arguments) {
        return CATALOG.text(locale, key, arguments);
    }
}
