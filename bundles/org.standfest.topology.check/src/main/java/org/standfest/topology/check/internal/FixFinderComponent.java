package org.standfest.topology.check.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.standfest.analysis.QuickFix;
import org.standfest.analysis.QuickFix.Proposal;
import org.standfest.analysis.QuickFixes;
import org.standfest.results.Finding;
import org.standfest.topology.Topology;
import org.standfest.topology.check.BuiltInFixes;
import org.standfest.topology.check.FixFinder;

import java.util.List;

/** Offers the ways out as a service: the built-in ones and whatever partners registered. */
@Component
public final class FixFinderComponent implements QuickFixes {

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            fieldOption = FieldOption.REPLACE)
    private volatile List<QuickFix> partnerFixes = List.of();

    private final FixFinder finder = new FixFinder(BuiltInFixes.all(), () -> partnerFixes);

    /** Called by Declarative Services. */
    @Activate
    public FixFinderComponent() {}

    @Override
    public List<Proposal> proposals(Topology topology, Finding finding) {
        return finder.proposals(topology, finding);
    }
}
