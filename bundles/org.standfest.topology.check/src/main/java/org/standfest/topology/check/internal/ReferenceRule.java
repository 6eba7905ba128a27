package org.standfest.topology.check.internal;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.InternalEObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;

import java.util.List;
import java.util.function.Consumer;

/** Every reference leads to an element of the same topology. */
public final class ReferenceRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.reference";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        for (Element element : new Facts(topology).all(Element.class)) {
            for (EReference reference : element.eClass().getEAllReferences()) {
                if (!reference.isContainment()
                        && !reference.isContainer()
                        && !reference.isTransient()) {
                    check(topology, element, reference, report);
                }
            }
        }
    }

    private static void check(
            Topology topology, Element element, EReference reference, Reporter report) {
        Object value = element.eGet(reference);
        List<?> targets =
                reference.isMany() ? (List<?>) value : value == null ? List.of() : List.of(value);
        for (Object each : targets) {
            EObject target = (EObject) each;
            if (target.eIsProxy()) {
                String id = ((InternalEObject) target).eProxyURI().fragment();
                report.error(element, "reference.dangling", reference.getName(), id);
            } else if (!EcoreUtil.isAncestor(topology, target)) {
                report.error(
                        element,
                        "reference.dangling",
                        reference.getName(),
                        ((Element) target).getId());
            }
        }
    }
}
