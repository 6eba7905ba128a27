package org.standfest.hypervisor.libvirt;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;

/** The sentences of this bundle. */
final class LibvirtTexts {

    private static final Catalog CATALOG = Catalog.beside(LibvirtTexts.class);

    private LibvirtTexts() {}

    static Explanation explain(String code, Object... arguments) {
        return CATALOG.explain("libvirt." + code, arguments);
    }
}
