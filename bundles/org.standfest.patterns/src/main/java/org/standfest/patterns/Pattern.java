package org.standfest.patterns;

import org.standfest.results.Outcome;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A proven way to keep systems alive, laid over a topology. Partners add one by registering an OSGi
 * service of this type; nothing else is needed.
 *
 * <p>Terms: a pattern keeps no state between calls and does no input or output. {@link #lay}
 * changes the topology that it is given, on that topology's thread; whoever calls it records the
 * changes as one step of undo, or gives a copy for a preview. With the same topology, selection,
 * answers and identities it does the same. A result passes the rules without errors if the topology
 * did before. An exception is a bug of the pattern: what it changed is then taken back.
 */
public interface Pattern {

    /** The most questions a person is asked. */
    int QUESTIONS_MAX = 8;

    /**
     * What identifies the pattern for good, dotted and in lower case, beginning with the vendor:
     * {@code standfest.mirror-pair}.
     */
    String id();

    /** What people call it. */
    String name(Locale locale);

    /** One or two sentences: what it does, and when to choose it. */
    String summary(Locale locale);

    /**
     * What it has to know; at most {@link #QUESTIONS_MAX}.
     *
     * @param topology over which it would be laid
     * @param selection elements of the topology; may be empty
     */
    List<Question> questions(Topology topology, List<? extends Element> selection, Locale locale);

    /**
     * Lays it. Refused, with nothing changed, where the selection does not fit.
     *
     * @param place over what, in which words
     * @param answers to {@link #questions}
     */
    Outcome<Void> lay(Place place, Answers answers);

    /**
     * Where a pattern is laid.
     *
     * @param topology changed by the pattern
     * @param selection elements of the topology to protect; empty: the pattern makes some
     * @param locale language of the names of new elements
     * @param identities a new one for each new element
     */
    record Place(
            Topology topology,
            List<? extends Element> selection,
            Locale locale,
            Supplier<UUID> identities) {
        /** Copies the selection. */
        public Place {
            selection = List.copyOf(selection);
        }
    }
}
