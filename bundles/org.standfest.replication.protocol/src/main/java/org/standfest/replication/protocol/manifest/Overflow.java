package org.standfest.replication.protocol.manifest;

import java.lang.foreign.MemorySegment;

/**
 * Where the bytes of a large manifest go, so that the heap need not hold them. Safe for any thread.
 */
@FunctionalInterface
public interface Overflow {

    /** Everything stays in the heap. */
    Overflow HEAP = MemorySegment::ofArray;

    /**
     * Takes bytes that nobody changes any more.
     *
     * @return the same bytes, readable by any thread for as long as somebody holds the segment
     */
    MemorySegment keep(byte[] bytes);
}
