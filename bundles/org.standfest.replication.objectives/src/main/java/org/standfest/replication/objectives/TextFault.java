package org.standfest.replication.objectives;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

/** A text form that cannot be understood; never leaves the package. */
final class TextFault extends Exception {

    private static final long serialVersionUID = 1L;
    static final Catalog TEXTS = Catalog.beside(TextFault.class);

    private final transient Explanation explanation;

    TextFault(String code, Object... arguments) {
        super(code, null, false, false);
        this.explanation = TEXTS.explain(code, arguments);
    }

    Explanation explanation() {
        return explanation;
    }
}
