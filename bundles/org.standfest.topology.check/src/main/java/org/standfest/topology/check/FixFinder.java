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

/** Asks all fixes that know a finding's code, and fences those that break. Without state. */
public final class FixFinder implements QuickFixes {

    private final Supplier<List<QuickFix>> fixes;

    /**
     * @param fixes tells at each question which fixes there are
     */
    public FixFinder(Supplier<List<QuickFix>> fixes) {
        this.fixes = Objects.requireNonNull(fixes);
    }

    @Override
    public List<Proposal> proposals(Topology topology, Finding finding) {
        String code = finding.explanation().code();
        List<QuickFix> knowing =
                fixes.get().stream().filter(it -> it.codes().contains(code)).toList();
        Optional<Element> element =
                knowing.isEmpty() ? Optional.empty() : find(topology, finding.elementId());
        List<Proposal> proposals = new ArrayList<>();
        if (element.isPresent()) {
            knowing.forEach(it -> ask(it, topology, element.get(), finding, proposals));
        }
        return proposals.stream().limit(PROPOSALS_MAX).toList();
    }

    private static void ask(
            QuickFix fix,
            Topology topology,
            Element element,
            Finding finding,
            List<Proposal> into) {
        try {
            into.addAll(fix.proposals(topology, element, finding));
        } catch (RuntimeException broken) {
            // Foreign code: its bug must not cost the finding and the proposals of the others.
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
