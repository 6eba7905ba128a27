package org.standfest.replication.simulation.disk;

import java.io.IOException;

/** The hand of a process on a disk: hears of every act before it happens and may prevent it. */
@FunctionalInterface
public interface Hand {

    /** Lets everything happen. */
    Hand FREE = (act, path) -> true;

    /**
     * Called before each act.
     *
     * @param path what it is about
     * @return false: the act is left out without anybody being told, as by code without it
     * @throws IOException the act fails; ProcessEnd (an error) when the process ends
     */
    boolean before(Act act, String path) throws IOException;
}
