package org.standfest.replication.engine;

import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Catalog;

/** The texts of sessions, and the exceptions that carry them. */
final class Faults {

    static final Catalog TEXTS = Catalog.beside(Faults.class);

    private Faults() {}

    static ChannelException protocol(String what) {
        return new ChannelException(
                ChannelException.Reason.PROTOCOL, TEXTS.explain("engine.protocol", what), null);
    }

    static SourceFault unreadable(String volume, Exception cause) {
        return new SourceFault(
                TEXTS.explain(
                        "engine.source-unreadable", volume, String.valueOf(cause.getMessage())),
                cause);
    }

    static SourceFault cancelled() {
        return new SourceFault(TEXTS.explain("engine.cancelled"), null);
    }
}
