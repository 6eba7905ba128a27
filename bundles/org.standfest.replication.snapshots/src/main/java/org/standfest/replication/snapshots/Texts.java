package org.standfest.replication.snapshots;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

/** The sentences of this bundle. */
final class Texts {

    private static final Catalog CATALOG = Catalog.beside(Texts.class);

    private Texts() {}

    static Explanation explain(String code, Object... arguments) {
        return CATALOG.explain("snapshots." + code, arguments);
    }

    static <T> Outcome<T> refuse(String code, Object... arguments) {
        return Outcome.refused(explain(code, arguments));
    }

    static <T> Outcome<T> fail(Exception fault, String code, Object... arguments) {
        return Outcome.failed(explain(code, arguments), fault);
    }

    static String of(Exception fault) {
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }
}
