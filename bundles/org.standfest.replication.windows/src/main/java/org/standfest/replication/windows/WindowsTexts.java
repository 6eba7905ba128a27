package org.standfest.replication.windows;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

/** The sentences of this bundle. */
final class WindowsTexts {

    private static final Catalog CATALOG = Catalog.beside(WindowsTexts.class);

    private WindowsTexts() {}

    static Explanation explain(String code, Object... arguments) {
        return CATALOG.explain("windows." + code, arguments);
    }
}
