package org.standfest.recovery.plans;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

import java.util.Locale;

/** The texts of this package. */
final class PlanTexts {

    private static final Catalog CATALOG = Catalog.beside(PlanTexts.class);

    private PlanTexts() {}

    static String step(String id, Locale locale) {
        return CATALOG.text(locale, "step." + id);
    }

    static Explanation explain(String code, Object... arguments) {
        return CATALOG.explain(code, arguments);
    }
}
