package org.standfest.replication.snapshots;

import java.io.Closeable;
import java.io.IOException;

/** Lets go of what was only read. */
final class Closing {

    private Closing() {}

    static void quietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException nothingToLose) {
            // Nothing was written through it.
        }
    }
}
