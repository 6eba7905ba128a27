package org.standfest.hypervisor.qemu;

import java.io.IOException;

/** Lets go of things on the way out of a failure, where a second failure has nothing to add. */
final class Closing {

    private Closing() {}

    /** Closes; a failure to do so is of no interest. */
    static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (IOException alreadyGone) {
            // There is nothing left to close.
        } catch (Exception bug) {
            throw new IllegalStateException(bug);
        }
    }
}
