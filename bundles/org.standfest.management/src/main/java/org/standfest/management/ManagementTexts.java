package org.standfest.management;

import org.standfest.results.Catalog;

/** The texts of this package. */
final class ManagementTexts {

    static final Catalog CATALOG = Catalog.beside(ManagementTexts.class);

    private ManagementTexts() {}
}
