package org.standfest.replication.protocol;

import java.io.IOException;

/**
 * Bytes that are not what PROTOCOL.md says: damaged, hostile, or of another program. The connection
 * is of no more use.
 */
public final class WireException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong, for the log; no text of the other side's making in it
     */
    public WireException(String message) {
        super(message);
    }
}
