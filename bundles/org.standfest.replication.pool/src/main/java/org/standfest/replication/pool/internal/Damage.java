package org.standfest.replication.pool.internal;

import java.io.IOException;

/** A file of the pool that is not what was written there. */
final class Damage extends IOException {

    private static final long serialVersionUID = 1L;

    Damage(String message) {
        super(message);
    }

    Damage(String message, Throwable cause) {
        super(message, cause);
    }
}
