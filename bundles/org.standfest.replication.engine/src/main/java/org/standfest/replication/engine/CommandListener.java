package org.standfest.replication.engine;

/** Is told how far a command of an agent is. Any thread, must return at once. */
@FunctionalInterface
public interface CommandListener {

    /** Nobody listens. */
    CommandListener NONE = (phase, done, total) -> {};

    /**
     * @param phase what it does now, a dotted word
     * @param done how much of it is done, in the phase's own measure, mostly bytes
     * @param total how much there is; 0 while unknown
     */
    void progress(String phase, long done, long total);
}
