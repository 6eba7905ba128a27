package org.standfest.topology.check.internal;

import org.standfest.analysis.QuickFix.Proposal;
import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One finding for which proposals are collected. One thread. */
final class Case {

    private static final Catalog TEXTS = Catalog.beside(Case.class);

    private final Topology topology;
    private final Element element;
    private final Finding finding;
    private final List<Proposal> proposals = new ArrayList<>();

    Case(Topology topology, Element element, Finding finding) {
        this.topology = topology;
        this.element = element;
        this.finding = finding;
    }

    Topology topology() {
        return topology;
    }

    /** What it is about, if it is of a kind. */
    <T> Optional<T> about(Class<T> kind) {
        return Optional.of(element).filter(kind::isInstance).map(kind::cast);
    }

    /** An argument of the finding's text; empty where there are fewer. */
    String told(int index) {
        List<String> arguments = finding.explanation().arguments();
        return index < arguments.size() ? arguments.get(index) : "";
    }

    /** The same as a number; empty where it is none. */
    OptionalInt number(int index) {
        try {
            return OptionalInt.of(Integer.parseInt(told(index)));
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }

    /**
     * Adds a proposal.
     *
     * @param key behind {@code fix.} in the texts
     * @param arguments of the text; elements stand for their names
     */
    void propose(String key, Runnable change, Object... arguments) {
        propose(key, (_, _) -> change.run(), arguments);
    }

    /** The same for a change that makes elements. */
    void propose(String key, BiConsumer<Locale, Supplier<UUID>> change, Object... arguments) {
        Object[] words =
                Stream.of(arguments)
                        .map(it -> it instanceof Element named ? Reporter.name(named) : it)
                        .toArray();
        proposals.add(new Proposal(locale -> TEXTS.text(locale, "fix." + key, words), change));
    }

    List<Proposal> proposals() {
        return List.copyOf(proposals);
    }
}
