package org.standfest.recovery;

import org.standfest.results.Catalog;

/** The texts of this package. */
final class RecoveryTexts {

    static final Catalog CATALOG = Catalog.beside(RecoveryTexts.class);

    private RecoveryTexts() {}
}
