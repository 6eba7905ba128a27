package org.standfest.replication.pool.internal;

import java.io.IOException;

/** What was decided cannot be carried out, because the disk is full; the message is the system. */
final class NoRoomToFinish extends IOException {

    private static final long serialVersionUID = 1L;

    NoRoomToFinish(String system, IOException cause) {
        super(system, cause);
    }
}
