package org.standfest.announcement;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

/** The words of this bundle. */
final class Texts {

    static final Catalog CATALOG = Catalog.beside(Texts.class);

    private Texts() {}

    static Explanation explain(String code, Object... arguments) {
        return CATALOG.explain(code, arguments);
    }
}
