package org.standfest.hypervisor.simulated;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

/** The texts of this package. */
final class SimulatedTexts {

    private static final Catalog CATALOG = Catalog.beside(SimulatedTexts.class);

    private SimulatedTexts() {}

    static Explanation explain(String code, Object... arguments) {
        return CATALOG.explain(code, arguments);
    }
}
