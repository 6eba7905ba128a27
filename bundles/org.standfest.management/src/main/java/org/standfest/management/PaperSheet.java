package org.standfest.management;

import java.time.Instant;
import java.util.Objects;

/**
 * The emergency sheet of a system, as it lies beside the pool.
 *
 * @param systemId the system
 * @param madeAt when its content last changed
 * @param fileName name of the file beside the pool
 * @param pdf the sheet as PDF in Base64
 */
public record PaperSheet(String systemId, Instant madeAt, String fileName, String pdf) {

    /** Checks that nothing is missing. */
    public PaperSheet {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(madeAt);
        Objects.requireNonNull(fileName);
        Objects.requireNonNull(pdf);
    }
}
