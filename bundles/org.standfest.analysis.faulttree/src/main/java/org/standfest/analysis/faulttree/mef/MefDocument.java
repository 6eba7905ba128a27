package org.standfest.analysis.faulttree.mef;

import org.standfest.analysis.faulttree.mef.RawFormula.Place;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The definitions of one file, not yet connected. One thread. */
final class MefDocument {

    private static final Set<String> CONTAINERS =
            Set.of("opsa-mef", "define-fault-tree", "define-component", "model-data");
    private static final Set<String> SKIPPED =
            Set.of(
                    "label",
                    "attributes",
                    "define-event-tree",
                    "define-alignment",
                    "define-substitution",
                    "define-initiating-event",
                    "define-extern-library",
                    "define-extern-function",
                    "define-sequence",
                    "define-rule",
                    "define-consequence");

    final Map<String, RawFormula> gates = new LinkedHashMap<>();
    final Map<String, RawFormula> events = new LinkedHashMap<>();
    final Map<String, RawFormula> houses = new LinkedHashMap<>();
    final Map<String, RawFormula> parameters = new LinkedHashMap<>();
    String name;

    private final MefLimits limits;
    private final Findings findings;
    private final Deque<RawFormula> open = new ArrayDeque<>();
    private int elements;
    private int depth;

    /** What the file holds is refused as a whole; the finding says why. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("refused", null, false, false);
        }
    }

    MefDocument(String name, MefLimits limits, Findings findings) {
        this.name = name;
        this.limits = limits;
        this.findings = findings;
    }

    void read(XMLStreamReader xml) throws XMLStreamException, Refused {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(xml);
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.DTD -> throw refuse("doctype", xml, "DOCTYPE");
                case XMLStreamConstants.ENTITY_REFERENCE -> throw refuse("doctype", xml, "&");
                default -> {}
            }
        }
    }

    private Refused refuse(String code, XMLStreamReader xml, String what, Object... more) {
        findings.error(code, place(xml), what, more);
        return new Refused();
    }

    private static Place place(XMLStreamReader xml) {
        return new Place(xml.getLocation().getLineNumber(), xml.getLocation().getColumnNumber());
    }

    private void start(XMLStreamReader xml) throws XMLStreamException, Refused {
        String tag = xml.getLocalName();
        if (depth == 0 && !tag.equals("opsa-mef")) {
            throw refuse("other", xml, tag);
        }
        if (++elements > limits.elementsMax()) {
            throw refuse("limit", xml, tag, limits.elementsMax());
        }
        if (++depth > limits.depthMax()) {
            throw refuse("depth", xml, tag, limits.depthMax());
        }
        if (SKIPPED.contains(tag)) {
            if (tag.startsWith("define-")) {
                findings.warning("skipped", place(xml), tag);
            }
            skip(xml);
            depth--;
            return;
        }
        if (tag.equals("include")) {
            throw refuse("include", xml, tag);
        }
        String named = xml.getAttributeValue(null, "name");
        if (named != null && named.length() > limits.nameLengthMax()) {
            throw refuse("name-length", xml, tag, limits.nameLengthMax());
        }
        if (CONTAINERS.contains(tag)) {
            if (tag.equals("define-fault-tree") && named != null) {
                name = named;
            }
            open.push(new RawFormula(tag, named, null, place(xml)));
        } else if (tag.startsWith("define-")) {
            define(tag, named, xml);
        } else {
            nested(tag, named, xml);
        }
    }

    private void define(String tag, String named, XMLStreamReader xml) throws Refused {
        Map<String, RawFormula> kind =
                switch (tag) {
                    case "define-gate" -> gates;
                    case "define-basic-event" -> events;
                    case "define-house-event" -> houses;
                    case "define-parameter" -> parameters;
                    default -> throw refuse("unknown", xml, tag);
                };
        if (named == null) {
            throw refuse("nameless", xml, tag);
        }
        RawFormula definition = new RawFormula(tag, named, null, place(xml));
        RawFormula before = kind.putIfAbsent(named, definition);
        if (before != null) {
            findings.error("twice", definition.place, named, before.place);
        }
        open.push(definition);
    }

    private void nested(String tag, String named, XMLStreamReader xml) throws Refused {
        if (open.isEmpty() || CONTAINERS.contains(open.peek().tag)) {
            throw refuse("unknown", xml, tag);
        }
        String value = named;
        if (value == null) {
            value = xml.getAttributeValue(null, "value");
        }
        if (value == null) {
            value = xml.getAttributeValue(null, "min");
        }
        String kind = tag;
        if (tag.equals("event")) {
            String type = xml.getAttributeValue(null, "type");
            kind = type == null ? "event" : type;
        }
        String max = xml.getAttributeValue(null, "max");
        RawFormula made = new RawFormula(kind, value, max, place(xml));
        open.peek().arguments.add(made);
        open.push(made);
    }

    private void end() {
        depth--;
        open.pop();
    }

    private void skip(XMLStreamReader xml) throws XMLStreamException, Refused {
        int inside = 1;
        while (inside > 0) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    inside++;
                    if (++elements > limits.elementsMax()) {
                        throw refuse("limit", xml, xml.getLocalName(), limits.elementsMax());
                    }
                    if (depth + inside > limits.depthMax()) {
                        throw refuse("depth", xml, xml.getLocalName(), limits.depthMax());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> inside--;
                default -> {}
            }
        }
    }
}
