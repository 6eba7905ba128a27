package org.standfest.topology.check.internal;

import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EClassifier;
import org.eclipse.emf.ecore.EObject;
import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.Element;
import org.standfest.topology.FeatureRange;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.Service;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyPackage;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Every figure lies within the range of its type, every address has the form of one. */
public final class RangeRule implements TopologyRule {

    private static final Pattern MAC = Pattern.compile("([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}");

    @Override
    public String id() {
        return "standfest.range";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        Map<EAttribute, FeatureRange> ranges = ranges();
        examine(topology, topology, ranges, report);
        for (Iterator<EObject> i = topology.eAllContents(); i.hasNext(); ) {
            EObject next = i.next();
            Element named = next instanceof Element it ? it : (Element) next.eContainer();
            examine(next, named, ranges, report);
        }
    }

    private static Map<EAttribute, FeatureRange> ranges() {
        Map<EAttribute, FeatureRange> ranges = new HashMap<>();
        for (EClassifier classifier : TopologyPackage.eINSTANCE.getEClassifiers()) {
            if (classifier instanceof EClass type) {
                for (EAttribute attribute : type.getEAttributes()) {
                    if (attribute != TopologyPackage.Literals.ELEMENT__ID) {
                        FeatureRange.of(attribute).ifPresent(it -> ranges.put(attribute, it));
                    }
                }
            }
        }
        return ranges;
    }

    private static void examine(
            EObject object, Element named, Map<EAttribute, FeatureRange> ranges, Reporter report) {
        for (EAttribute attribute : object.eClass().getEAllAttributes()) {
            FeatureRange range = ranges.get(attribute);
            if (range != null) {
                Object value = object.eGet(attribute);
                for (Object each : attribute.isMany() ? (List<?>) value : listOf(value)) {
                    check(named, attribute, range, each, report);
                }
            }
        }
        switch (object) {
            case NetworkInterface card -> {
                checkForm(card, "address", card.getAddress(), IpRange::isAddress, report);
                checkForm(
                        card,
                        "macAddress",
                        card.getMacAddress(),
                        it -> MAC.matcher(it).matches(),
                        report);
            }
            case Service service ->
                    checkForm(service, "address", service.getAddress(), IpRange::isAddress, report);
            case Network network ->
                    checkForm(
                            network,
                            "addresses",
                            network.getAddresses(),
                            it -> IpRange.parse(it).isPresent(),
                            report);
            default -> {}
        }
    }

    private static List<?> listOf(Object value) {
        return value == null ? List.of() : List.of(value);
    }

    private static void check(
            Element element,
            EAttribute attribute,
            FeatureRange range,
            Object value,
            Reporter report) {
        if (range.allows(value)) {
            return;
        }
        if (range.form().isPresent()) {
            report.error(element, "range.form", attribute.getName(), value);
        } else {
            report.error(
                    element,
                    "range.number",
                    attribute.getName(),
                    value,
                    range.smallest().orElse(""),
                    range.largest().orElse(""));
        }
    }

    private static void checkForm(
            Element element,
            String feature,
            String value,
            java.util.function.Predicate<String> good,
            Reporter report) {
        if (value != null && !good.test(value)) {
            report.error(element, "range.form", feature, value);
        }
    }
}
