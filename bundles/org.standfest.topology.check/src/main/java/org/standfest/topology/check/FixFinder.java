package org.standfest.topology.check;

import org.eclipse.emf.ecore.EObject;
import org.standfest.analysis.QuickFix;
import org.standfest.analysis.QuickFix.Proposal;
import org.standfest.analysis.QuickFixes;
import org.standfest.results.Finding;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks all fixes that know a finding's code. Of partners' fixes one that breaks costs nothing but
 * its own proposals; one of ours that breaks is a bug and throws. Without state.
 */
public final class FixFinder implements QuickFixes {

    private final List<QuickFix> own;
    private final Supplier<List<QuickFix>> partners;

    /**
     * @param own those of this house
     * @param partners tells at each question which others there are
     */
    public FixFinder(List<QuickFix> own, Supplier<List<QuickFix>> partners) {
        this.own = List.copyOf(own);
        this.partners = Objects.requireNonNull(partners);
    }

    @Override
    public List<Proposal> proposals(Topology topology, Finding finding) {
        List<QuickFix> ours = knowing(own, finding);
        List<QuickFix> others = knowing(partners.get(), finding);
        Optional<Element> about =
                ours.isEmpty() && others.isEmpty()
                        ? Optional.empty()
                        : find(topology, finding.elementId());
        List<Proposal> proposals = new ArrayList<>();
        about.ifPresent(
                element -> {
                    ours.forEach(it -> proposals.addAll(it.proposals(topology, element, finding)));
                    others.forEach(it -> proposals.addAll(fenced(it, topology, element, finding)));
                });
        return proposals.stream().limit(PROPOSALS_MAX).toList();
    }

    private static List<QuickFix> knowing(List<QuickFix> fixes, Finding finding) {
        String code = finding.explanation().code();
        return fixes.stream().filter(it -> it.codes().contains(code)).toList();
    }

    private static List<Proposal> fenced(
            QuickFix fix, Topology topology, Element element, Finding finding) {
        try {
            return fix.proposals(topology, element, finding);
        } catch (RuntimeException broken) {
            // Foreign code: its bug must not cost the finding and the proposals of the others.
            return List.of();
        }
    }

    private static Optional<Element> find(Topology topology, String id) {
        if (id.equals(topology.getId())) {
            return Optional.of(topology);
        }
        for (Iterator<EObject> all = topology.eAllContents(); all.hasNext(); ) {
            if (all.next() instanceof Element element && id.equals(element.getId())) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }
}
