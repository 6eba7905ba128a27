package org.standfest.topology.compare;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.InternalEObject;
import org.standfest.topology.Element;
import org.standfest.topology.LoadDay;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.compare.Difference.Change;
import org.standfest.topology.compare.Difference.Kind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares two topologies by the identities of their elements; what has no partner by identity is
 * matched by class, name and place, so that two imports of the same machines compare well. Takes
 * time about proportional to the number of elements. Reads only; one comparison, one thread.
 */
public final class TopologyDiff {

    private final Map<Element, Element> partners = new IdentityHashMap<>();
    private final Map<Element, Element> back = new IdentityHashMap<>();

    private TopologyDiff() {}

    /**
     * What is different, in the order of the second topology, removed elements last.
     *
     * @param before the first
     * @param after the second
     */
    public static List<Difference> between(Topology before, Topology after) {
        return new TopologyDiff().compare(before, after);
    }

    private List<Difference> compare(Topology before, Topology after) {
        List<Element> old = all(before);
        List<Element> now = all(after);
        match(before, after);
        Map<String, Element> byId = new HashMap<>();
        old.forEach(it -> byId.putIfAbsent(it.getId(), it));
        for (Element each : now) {
            Element partner = byId.get(each.getId());
            if (partner != null && free(partner, each)) {
                match(partner, each);
            }
        }
        matchByPath(old, now);
        List<Difference> found = new ArrayList<>();
        for (Element each : now) {
            Element partner = back.get(each);
            if (partner == null) {
                found.add(new Difference(Kind.ADDED, null, each, List.of()));
            } else {
                changed(partner, each, found);
            }
        }
        old.stream()
                .filter(it -> !partners.containsKey(it))
                .forEach(it -> found.add(new Difference(Kind.REMOVED, it, null, List.of())));
        return found;
    }

    private void match(Element before, Element after) {
        partners.put(before, after);
        back.put(after, before);
    }

    private boolean free(Element before, Element after) {
        return before.eClass() == after.eClass()
                && !partners.containsKey(before)
                && !back.containsKey(after);
    }

    private void matchByPath(List<Element> old, List<Element> now) {
        Map<String, Element> byPath = new LinkedHashMap<>();
        for (Element each : old) {
            if (!partners.containsKey(each)) {
                byPath.putIfAbsent(path(each), each);
            }
        }
        for (Element each : now) {
            Element partner = back.containsKey(each) ? null : byPath.get(path(each));
            if (partner != null && free(partner, each)) {
                match(partner, each);
            }
        }
    }

    /** Class and names from the element up; the topology's own name does not matter. */
    private static String path(Element element) {
        StringBuilder path = new StringBuilder();
        for (EObject at = element; at instanceof Element part; at = at.eContainer()) {
            if (part instanceof Topology) {
                break;
            }
            path.append(part.eClass().getName()).append('\0').append(part.getName()).append('\1');
        }
        return path.toString();
    }

    private static List<Element> all(Topology topology) {
        List<Element> all = new ArrayList<>();
        all.add(topology);
        for (Iterator<EObject> inside = topology.eAllContents(); inside.hasNext(); ) {
            if (inside.next() instanceof Element element) {
                all.add(element);
            }
        }
        return all;
    }

    private void changed(Element before, Element after, List<Difference> found) {
        List<Change> changes = new ArrayList<>();
        boolean stays = true;
        if (!same(before.eContainer(), after.eContainer())) {
            changes.add(new Change(null, before.eContainer(), after.eContainer()));
            stays = false;
        }
        for (EStructuralFeature feature : after.eClass().getEAllStructuralFeatures()) {
            if (compared(feature) && !same(before.eGet(feature), after.eGet(feature))) {
                changes.add(new Change(feature, before.eGet(feature), after.eGet(feature)));
                stays &= feature == TopologyPackage.Literals.COMPONENT__PLACEMENT;
            }
        }
        if (!changes.isEmpty()) {
            found.add(new Difference(stays ? Kind.MOVED : Kind.CHANGED, before, after, changes));
        }
    }

    /** Contained elements are compared by themselves; days have no identity. */
    private static boolean compared(EStructuralFeature feature) {
        return feature != TopologyPackage.Literals.ELEMENT__ID
                && !feature.isTransient()
                && !(feature instanceof EReference reference
                        && (reference.isContainer()
                                || reference.isContainment()
                                        && Element.class.isAssignableFrom(
                                                reference.getEReferenceType().getInstanceClass())));
    }

    private boolean same(Object before, Object after) {
        if (before instanceof List<?> old && after instanceof List<?> now) {
            if (old.size() != now.size()) {
                return false;
            }
            for (int i = 0; i < old.size(); i++) {
                if (!same(old.get(i), now.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (before instanceof LoadDay old && after instanceof LoadDay now) {
            return old.getDay() == now.getDay()
                    && old.getPercentByHour().equals(now.getPercentByHour());
        }
        if (before instanceof Element old && after instanceof Element now) {
            return old.eIsProxy() || now.eIsProxy()
                    ? Objects.equals(proxy(old), proxy(now))
                    : partners.get(old) == now;
        }
        return Objects.equals(before, after);
    }

    private static String proxy(Element element) {
        return element.eIsProxy()
                ? ((InternalEObject) element).eProxyURI().fragment()
                : element.getId();
    }
}
