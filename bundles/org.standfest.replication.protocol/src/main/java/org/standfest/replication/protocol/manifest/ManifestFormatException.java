package org.standfest.replication.protocol.manifest;

import java.io.IOException;

/**
 * Bytes that should be a manifest and are not: damaged, hostile, beyond a limit, or of an unknown
 * version.
 */
public final class ManifestFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, for the log. */
    public ManifestFormatException(String message) {
        super(message);
    }

    /** With what is wrong and where it showed. */
    public ManifestFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
