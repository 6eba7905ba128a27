package org.standfest.recovery;

import java.io.IOException;
import java.util.Map;

/** Where acts are written down before and after they happen; see {@code journal}. */
@FunctionalInterface
public interface Chronicle {

    /**
     * Writes an act down; durable when this returns.
     *
     * @throws IOException it could not be written; the act must not happen then
     */
    void write(String who, String systemId, String what, Map<String, String> details)
            throws IOException;
}
