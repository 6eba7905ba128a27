package org.standfest.recovery.chain;

import java.io.IOException;
import java.util.Optional;

/** Where the chain is kept. Calls come from one thread at a time. */
public interface ChainStore {

    /** The chain that was saved last; empty if there never was one or it cannot be understood. */
    Optional<Chain> load() throws IOException;

    /** Saves it durably, whole or not at all. */
    void save(Chain chain) throws IOException;
}
