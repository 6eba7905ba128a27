package org.standfest.analysis;

import org.standfest.results.Finding;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Ways out of findings, each one change of the topology. Partners add some by registering an OSGi
 * service of this type beside their {@link TopologyRule}; nothing else is needed.
 *
 * <p>Terms: {@link #proposals} is called on the thread of the topology whenever a person looks at a
 * finding: it only reads and answers at once (about as fast as a rule, no input or output). A
 * proposal holds for the topology as it is then; after any change whoever shows it asks again. Its
 * change runs at most once, changes that topology and nothing else, and is recorded as one step of
 * undo that bears the proposal's name. Afterwards the finding is gone, and no rule finds an error
 * that it did not find before. What only a person can know (an objective, a telephone number) is
 * never made up: then there is no proposal. An exception is a bug: while asked, the finding is
 * shown without these proposals; while changing, what was changed is taken back.
 */
public interface QuickFix {

    /**
     * What identifies it for good, dotted and in lower case, beginning with the vendor: {@code
     * standfest.fix.address}.
     */
    String id();

    /** The codes of the findings that it knows a way out of. */
    Set<String> codes();

    /**
     * The ways out of a finding, the best first; usually one or two, at most {@link
     * QuickFixes#PROPOSALS_MAX} are shown. Empty where none fits.
     *
     * @param topology the whole
     * @param element what the finding is about, an element of the topology
     * @param finding one of the codes
     */
    List<Proposal> proposals(Topology topology, Element element, Finding finding);

    /**
     * One way out.
     *
     * @param name what a menu, a button and undo call it, in the reader's language: "Move mail to
     *     host-2"
     * @param change does it; is given the language for names of new elements, and a new identity
     *     for each of them
     */
    record Proposal(Function<Locale, String> name, BiConsumer<Locale, Supplier<UUID>> change) {

        /** Checks that nothing is missing. */
        public Proposal {
            Objects.requireNonNull(name);
            Objects.requireNonNull(change);
        }
    }
}
