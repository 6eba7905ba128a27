package org.standfest.topology.exchange.internal;

import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EDataType;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.results.Severity;
import org.standfest.topology.Element;
import org.standfest.topology.LoadDay;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.Topology;
import org.standfest.topology.Weekday;
import org.standfest.topology.exchange.Source;
import org.standfest.topology.exchange.internal.SafeXml.Node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads ArchiMate Model Exchange Files. What Standfest wrote comes back as it was; what other tools
 * drew is understood by the kinds of elements. One thread, one import.
 */
public final class ArchiMateReader {

    private final Draft draft;
    private final Map<String, String> definitions = new HashMap<>();
    private final Map<String, Element> own = new LinkedHashMap<>();
    private final List<Node> foreign = new ArrayList<>();

    /** Fills a draft. */
    public ArchiMateReader(Draft draft) {
        this.draft = draft;
    }

    /** Reads one file; several models do not make one topology. */
    public void read(List<Source> sources) throws Fault {
        Source source = sources.getFirst();
        if (sources.size() > 1) {
            throw Draft.fault("one-file", source.name());
        }
        Node root = SafeXml.read(source);
        if (!root.name().equals("model")) {
            throw Draft.fault("no-model", source.name());
        }
        root.child("propertyDefinitions")
                .ifPresent(
                        it ->
                                it.all("propertyDefinition")
                                        .forEach(
                                                each ->
                                                        definitions.put(
                                                                each.attribute("identifier"),
                                                                each.textOf("name"))));
        for (Node node : root.child("elements").map(it -> it.all("element")).orElse(List.of())) {
            draft.item(source.name());
            element(node);
        }
        List<Node> relations =
                root.child("relationships").map(it -> it.all("relationship")).orElse(List.of());
        List<Node> rest = new ArrayList<>();
        for (Node relation : relations) {
            if (!reference(relation)) {
                rest.add(relation);
            }
        }
        own.values().stream()
                .filter(Topology.class::isInstance)
                .findFirst()
                .ifPresent(it -> draft.replace((Topology) it));
        if (draft.topology().getName() == null || own.isEmpty()) {
            draft.topology().setName(root.textOf("name"));
        }
        for (Element lost : own.values()) {
            if (lost.eContainer() == null && lost != draft.topology()) {
                draft.remark(Severity.WARNING, lost.getName(), "outside");
            }
        }
        new ForeignDrawing(draft).take(foreign, rest);
        for (Node view : root.child("views").map(Node::children).orElse(List.of())) {
            view.all("view").forEach(it -> draft.remark(Severity.HINT, it.textOf("name"), "view"));
        }
    }

    private void element(Node node) {
        Map<String, String> properties = properties(node);
        Optional<EClass> type =
                Optional.ofNullable(properties.get(ArchiMate.CLASS)).flatMap(ArchiMate::classOf);
        if (type.isEmpty()) {
            foreign.add(node);
            properties.keySet().forEach(it -> draft.left("property: " + it));
            return;
        }
        if (!(EcoreUtil.create(type.get()) instanceof Element element)) {
            draft.left("element: " + node.attribute("type"));
            return;
        }
        String id = node.attribute("identifier");
        element.setId(id.startsWith("id-") ? id.substring(3) : id);
        element.setName(
                properties.containsKey(ArchiMate.OWN + "unnamed") ? null : node.wordsOf("name"));
        node.child("documentation").ifPresent(it -> element.setNote(it.text().toString()));
        for (EStructuralFeature feature : ArchiMate.attributes(type.get())) {
            String value = properties.get(ArchiMate.OWN + feature.getName());
            if (value != null) {
                set(element, feature, value);
            }
        }
        if (element instanceof LoadProfile profile) {
            days(profile, properties.getOrDefault(ArchiMate.DAYS, ""));
        }
        own.put(id, element);
    }

    private Map<String, String> properties(Node node) {
        Map<String, String> found = new HashMap<>();
        for (Node each : node.child("properties").map(it -> it.all("property")).orElse(List.of())) {
            String name = definitions.get(each.attribute("propertyDefinitionRef"));
            if (name != null) {
                found.put(name, each.child("value").map(it -> it.text().toString()).orElse(""));
            }
        }
        return found;
    }

    private void set(Element element, EStructuralFeature feature, String value) {
        EDataType type = (EDataType) feature.getEType();
        try {
            if (feature.isMany()) {
                List<Object> values = new ArrayList<>();
                for (String each : value.split(" ")) {
                    values.add(EcoreUtil.createFromString(type, each));
                }
                element.eSet(feature, values);
            } else {
                element.eSet(feature, EcoreUtil.createFromString(type, value));
            }
        } catch (RuntimeException unfit) {
            draft.remark(Severity.WARNING, element.getName(), "value", feature.getName(), value);
        }
    }

    private void days(LoadProfile profile, String text) {
        for (String each : text.split("; ")) {
            String[] parts = each.split(": ");
            Weekday weekday = Weekday.get(parts[0]);
            if (weekday == null || parts.length != 2) {
                continue;
            }
            LoadDay day = Draft.MAKE.createLoadDay();
            day.setDay(weekday);
            for (String hour : parts[1].split(" ")) {
                Figure.whole(hour)
                        .ifPresent(it -> day.getPercentByHour().add(Figure.fitting(it, 0, 100)));
            }
            profile.getDays().add(day);
        }
    }

    /** Whether it was one of ours. */
    @SuppressWarnings("unchecked")
    private boolean reference(Node relation) {
        String name = properties(relation).get(ArchiMate.FEATURE);
        if (name == null) {
            return false;
        }
        boolean carried = relation.attribute("type").equals("Assignment");
        Element owner = own.get(relation.attribute(carried ? "target" : "source"));
        Element other = own.get(relation.attribute(carried ? "source" : "target"));
        EStructuralFeature feature =
                owner == null ? null : owner.eClass().getEStructuralFeature(name);
        if (!(feature instanceof EReference reference)
                || other == null
                || !reference.getEReferenceType().isInstance(other)
                || reference.isContainment() && EcoreUtil.isAncestor(other, owner)) {
            draft.remark(Severity.WARNING, relation.attribute("identifier"), "relation", name);
            return true;
        }
        if (reference.isMany()) {
            ((EList<EObject>) owner.eGet(reference)).add(other);
        } else {
            owner.eSet(reference, other);
        }
        return true;
    }
}
