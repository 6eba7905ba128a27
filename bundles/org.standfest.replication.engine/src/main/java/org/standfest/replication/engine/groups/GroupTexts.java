package org.standfest.replication.engine.groups;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

/** The sentences of groups. */
final class GroupTexts {

    private static final Catalog CATALOG = Catalog.beside(GroupTexts.class);

    private GroupTexts() {}

    static Explanation explain(String code, Object... arguments) {
        return CATALOG.explain("groups." + code, arguments);
    }
}
