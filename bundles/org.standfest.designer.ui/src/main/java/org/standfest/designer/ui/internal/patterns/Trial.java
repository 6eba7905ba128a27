package org.standfest.designer.ui.internal.patterns;

import org.eclipse.emf.ecore.EObject;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.patterns.Answers;
import org.standfest.patterns.Pattern;
import org.standfest.patterns.Question;
import org.standfest.results.Outcome;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;
import org.standfest.topology.compare.Difference;
import org.standfest.topology.compare.TopologyDiff;
import org.standfest.topology.edit.RecordedChange;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A pattern over the selection of a document: tried on a copy, then laid as one command. */
public final class Trial {

    /**
     * What a pattern would do.
     *
     * @param after a copy of the topology with the pattern
     * @param differences between before and after
     */
    public record Preview(Topology after, List<Difference> differences) {}

    private final TopologyDocument document;
    private final List<Element> selection;
    private final Locale locale;
    private final Supplier<UUID> identities;

    /**
     * @param identities for new elements, usually {@code UUID::randomUUID}
     */
    public Trial(TopologyDocument document, Locale locale, Supplier<UUID> identities) {
        this.document = document;
        this.locale = locale;
        this.identities = identities;
        this.selection =
                document.selection().stream()
                        .filter(Element.class::isInstance)
                        .map(Element.class::cast)
                        .toList();
    }

    /** What the pattern has to know. */
    public List<Question> questions(Pattern pattern) {
        return pattern.questions(document.topology(), selection, locale);
    }

    /** What it would do; the document stays as it is. */
    public Outcome<Preview> preview(Pattern pattern, Map<String, String> answers) {
        Topology copy = document.snapshot();
        List<Element> chosen = new ArrayList<>();
        Set<String> ids = selection.stream().map(Element::getId).collect(Collectors.toSet());
        for (Iterator<EObject> all = copy.eAllContents(); all.hasNext(); ) {
            if (all.next() instanceof Element element && ids.contains(element.getId())) {
                chosen.add(element);
            }
        }
        return lay(pattern, copy, chosen, answers)
                .map(_ -> new Preview(copy, TopologyDiff.between(document.topology(), copy)));
    }

    /** Does it, as one step of undo. */
    public void lay(Pattern pattern, Map<String, String> answers) {
        Topology topology = document.topology();
        document.domain()
                .getCommandStack()
                .execute(
                        new RecordedChange(
                                topology,
                                pattern.name(locale),
                                () -> lay(pattern, topology, selection, answers).orThrow()));
    }

    private Outcome<Void> lay(
            Pattern pattern, Topology topology, List<Element> chosen, Map<String, String> answers) {
        List<Question> asked = pattern.questions(topology, chosen, locale);
        return pattern.lay(
                new Pattern.Place(topology, chosen, locale, identities),
                new Answers(asked, answers));
    }
}
