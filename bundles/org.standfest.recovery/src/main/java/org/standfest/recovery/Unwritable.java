package org.standfest.recovery;

import java.io.IOException;

/** The course or the journal could not be written, so nothing more may be done for now. */
final class Unwritable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unwritable(IOException cause) {
        super(cause);
    }
}
