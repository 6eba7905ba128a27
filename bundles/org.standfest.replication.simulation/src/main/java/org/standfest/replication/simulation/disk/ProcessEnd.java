package org.standfest.replication.simulation.disk;

/**
 * Ends a simulated process in the middle of whatever it does. An error and no exception, because
 * nothing that the process could do about it may have an effect any more.
 */
public final class ProcessEnd extends Error {

    private static final long serialVersionUID = 1L;

    private final double done;

    /**
     * @param done how much of the act still happens, 0 to 1
     */
    public ProcessEnd(double done) {
        super("the process ends", null, false, false);
        this.done = done;
    }

    /** How many of so many bytes still happen. */
    public int of(int bytes) {
        return (int) (done * bytes);
    }
}
