package org.standfest.replication.simulation.machine;

import java.util.List;

/** The end of a line that lies: changes what it sends. TLS does not help against an end. */
@FunctionalInterface
public interface Tamper {

    /** An honest end. */
    Tamper NONE = List::of;

    /**
     * What is sent in place of a frame.
     *
     * @param frame head and payload
     * @return nothing, it, several; each at least a head
     */
    List<byte[]> send(byte[] frame);
}
