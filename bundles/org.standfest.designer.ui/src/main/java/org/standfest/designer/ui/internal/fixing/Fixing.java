package org.standfest.designer.ui.internal.fixing;

import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.standfest.analysis.QuickFix.Proposal;
import org.standfest.analysis.QuickFixes;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.results.Finding;
import org.standfest.topology.edit.RecordedChange;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The ways out of the findings of one document, each one step of undo. One thread. */
public final class Fixing {

    private final TopologyDocument document;
    private final Locale locale;
    private final QuickFixes fixes;
    private final Supplier<UUID> identities;

    /**
     * @param identities for new elements, usually {@code UUID::randomUUID}
     */
    public Fixing(
            TopologyDocument document, Locale locale, QuickFixes fixes, Supplier<UUID> identities) {
        this.document = Objects.requireNonNull(document);
        this.locale = Objects.requireNonNull(locale);
        this.fixes = Objects.requireNonNull(fixes);
        this.identities = Objects.requireNonNull(identities);
    }

    /** With the fixes that the product offers. */
    public static Fixing of(TopologyDocument document, Locale locale) {
        return new Fixing(
                document,
                locale,
                (topology, finding) -> asked(it -> it.proposals(topology, finding)),
                UUID::randomUUID);
    }

    /** Asks the service, if there is one. */
    private static List<Proposal> asked(Function<QuickFixes, List<Proposal>> question) {
        BundleContext context = FrameworkUtil.getBundle(Fixing.class).getBundleContext();
        ServiceReference<QuickFixes> offered = context.getServiceReference(QuickFixes.class);
        QuickFixes service = offered == null ? null : context.getService(offered);
        if (service == null) {
            return List.of();
        }
        try {
            return question.apply(service);
        } finally {
            context.ungetService(offered);
        }
    }

    /** The names of the ways out of a finding, the best first. */
    public List<String> names(Finding finding) {
        return fixes.proposals(document.topology(), finding).stream()
                .map(it -> it.name().apply(locale))
                .toList();
    }

    /**
     * Goes one of the ways; does nothing where the topology changed so that it no longer leads out.
     *
     * @param name one of {@link #names}
     */
    public void fix(Finding finding, String name) {
        fixes.proposals(document.topology(), finding).stream()
                .filter(it -> it.name().apply(locale).equals(name))
                .findFirst()
                .ifPresent(
                        it ->
                                document.domain()
                                        .getCommandStack()
                                        .execute(
                                                new RecordedChange(
                                                        document.topology(),
                                                        name,
                                                        () ->
                                                                it.change()
                                                                        .accept(
                                                                                locale,
                                                                                identities))));
    }
}
