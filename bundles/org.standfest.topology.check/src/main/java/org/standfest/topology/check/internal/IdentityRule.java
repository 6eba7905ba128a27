package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.Element;
import org.standfest.topology.FeatureRange;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyPackage;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Every element has an identity of its own, and a name where people talk about it. */
public final class IdentityRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.identity";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        FeatureRange form = FeatureRange.of(TopologyPackage.Literals.ELEMENT__ID).orElseThrow();
        Map<String, Element> seen = new HashMap<>();
        for (Element element : new Facts(topology).all(Element.class)) {
            String id = element.getId();
            if (id == null || !form.allows(id)) {
                report.error(element, "identity.missing", id == null ? "" : id);
            } else {
                Element before = seen.put(id, element);
                if (before != null) {
                    report.error(element, "identity.twice", before, id);
                }
            }
            if (!isPart(element) && (element.getName() == null || element.getName().isBlank())) {
                report.warning(element, "identity.nameless");
            }
        }
    }

    /** Whether people call it by what it belongs to, so that it needs no name of its own. */
    static boolean isPart(Element element) {
        return switch (element.eClass().getClassifierID()) {
            case TopologyPackage.DEPENDENCY,
                    TopologyPackage.DISK,
                    TopologyPackage.NETWORK_INTERFACE,
                    TopologyPackage.SPARE ->
                    true;
            default -> false;
        };
    }
}
