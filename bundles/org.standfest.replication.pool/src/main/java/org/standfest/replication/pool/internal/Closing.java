package org.standfest.replication.pool.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/** Lets go of several files. */
final class Closing {

    private Closing() {}

    /**
     * Closes everything, whatever happens to what comes before it; {@code null} stands for what was
     * not opened. The first fault is thrown at the end, with the others in it.
     */
    static void all(Collection<? extends Closeable> open) throws IOException {
        IOException problem = null;
        for (Closeable one : open) {
            try {
                if (one != null) {
                    one.close();
                }
            } catch (IOException notClosed) {
                if (problem == null) {
                    problem = notClosed;
                } else {
                    problem.addSuppressed(notClosed);
                }
            }
        }
        if (problem != null) {
            throw problem;
        }
    }

    /** The same for whoever has another fault to tell, which must not be hidden. */
    static void after(Exception fault, Collection<? extends Closeable> open) {
        try {
            all(open);
        } catch (IOException notClosed) {
            fault.addSuppressed(notClosed);
        }
    }
}
