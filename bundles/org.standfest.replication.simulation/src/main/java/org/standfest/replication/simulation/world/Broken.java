package org.standfest.replication.simulation.world;

/** A property does not hold: production code (or the simulator) has a fault. */
public final class Broken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param property what does not hold
     */
    public Broken(String property) {
        super(property);
    }

    static void unless(boolean holds, String property) {
        if (!holds) {
            throw new Broken(property);
        }
    }
}
