package org.standfest.topology.files.internal;

import org.standfest.results.Catalog;

/** Refusals that name a place: the arguments are always file, line, column and then the rest. */
final class Places {

    private Places() {}

    static Refusal refuse(
            Catalog texts, String code, String fileName, int line, int column, Object... more) {
        Object[] arguments = new Object[3 + more.length];
        arguments[0] = fileName;
        arguments[1] = line;
        arguments[2] = column;
        System.arraycopy(more, 0, arguments, 3, more.length);
        return new Refusal(texts.explain(code, arguments));
    }

    static Refusal refuse(
            Catalog texts, String code, String fileName, RawElement element, Object... more) {
        return refuse(texts, code, fileName, element.line(), element.column(), more);
    }
}
