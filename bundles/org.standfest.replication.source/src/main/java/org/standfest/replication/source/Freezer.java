package org.standfest.replication.source;

import org.standfest.results.Outcome;

import java.util.List;
import java.util.Map;

/**
 * Holds the applications of a system still while its snapshots are taken, and lets them go.
 *
 * <p>Called before the first provider of a system is asked and ended after the last one answered,
 * whatever it answered. A freeze survives the death of the process that ordered it, so an
 * implementation notes it durably first, and {@link #thawLeftOvers} ends it at the next start. Safe
 * for any thread, for one system by one at a time.
 */
public interface Freezer {

    /** Holds nothing still. */
    Freezer NONE =
            new Freezer() {
                @Override
                public Outcome<Hold> freeze(String systemId, List<VolumeSource> volumes) {
                    return Outcome.done(Hold.NONE);
                }

                @Override
                public Outcome<Void> thawLeftOvers() {
                    return Outcome.done();
                }
            };

    /**
     * Holds still.
     *
     * @param volumes all volumes of the system; their options {@link VolumeSource#FREEZE} and
     *     {@link VolumeSource#THAW} say how
     * @return refused or failed: nothing is held still any more, also where something had begun
     */
    Outcome<Hold> freeze(String systemId, List<VolumeSource> volumes);

    /**
     * Ends what a killed process left held still. Called at every start, before anything else.
     * Failed: something could not be let go; it stays noted and is tried again.
     */
    Outcome<Void> thawLeftOvers();

    /** Something held still. */
    interface Hold extends AutoCloseable {

        /** Nothing is held. */
        Hold NONE =
                new Hold() {
                    @Override
                    public boolean applications() {
                        return false;
                    }

                    @Override
                    public Map<String, String> thaw() {
                        return Map.of();
                    }
                };

        /**
         * Whether applications were held still, so that the state is {@link
         * Consistency#APPLICATION}.
         */
        boolean applications();

        /**
         * Lets go. Never throws and may be repeated; what went wrong is among the facts and is
         * noted for {@link Freezer#thawLeftOvers}.
         *
         * @return facts with keys of {@link SourceFacts}; empty from the second time on
         */
        Map<String, String> thaw();

        /** Lets go. */
        @Override
        default void close() {
            thaw();
        }
    }
}
