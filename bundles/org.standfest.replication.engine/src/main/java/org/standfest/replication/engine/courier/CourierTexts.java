package org.standfest.replication.engine.courier;

import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Catalog;

/** The texts of courier disks. */
final class CourierTexts {

    static final Catalog TEXTS = Catalog.beside(CourierTexts.class);

    private CourierTexts() {}

    static ChannelException closed(String code) {
        return new ChannelException(ChannelException.Reason.CLOSED, TEXTS.explain(code), null);
    }
}
