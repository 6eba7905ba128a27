package org.standfest.management;

import org.standfest.results.Outcome;

/**
 * A line to a standby over which one request brings one answer. The identity of the caller is a
 * matter of the line.
 */
public interface ManagementExchange extends AutoCloseable {

    /**
     * Sends a request and waits for its answer. Called by one thread at a time.
     *
     * @return the answer's bytes, or why there is none; after a failure the line is not used again
     */
    Outcome<byte[]> exchange(byte[] request);

    /** Closes the line. Never throws. */
    @Override
    void close();
}
