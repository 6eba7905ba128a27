package org.standfest.topology.exchange.internal;

import org.eclipse.emf.ecore.EDataType;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.topology.Element;
import org.standfest.topology.LoadDay;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.Topology;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a topology as ArchiMate Model Exchange File. Everything is in it: attributes as
 * properties, references as relationships that say which they are. One thread, one file.
 */
public final class ArchiMateWriter {

    private final StringWriter text = new StringWriter();
    private final Map<String, String> definitions = new LinkedHashMap<>();
    private XMLStreamWriter out;

    /** The bytes of the file. */
    public byte[] write(Topology topology) {
        try {
            out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            line(0);
            out.writeStartElement("model");
            out.writeDefaultNamespace(ArchiMate.NAMESPACE);
            out.writeNamespace("xsi", "http://www.w3.org/2001/XMLSchema-instance");
            out.writeAttribute("xsi:schemaLocation", ArchiMate.NAMESPACE + ' ' + ArchiMate.SCHEMA);
            out.writeAttribute("identifier", "id-model-" + topology.getId());
            words("name", 1, topology.getName());
            List<Element> all = all(topology);
            elements(all);
            relationships(all);
            definitions();
            line(0);
            out.writeEndElement();
            line(0);
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("writing to memory", impossible);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
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

    private void line(int depth) throws XMLStreamException {
        out.writeCharacters("\n" + "  ".repeat(depth));
    }

    private void words(String name, int depth, String value) throws XMLStreamException {
        line(depth);
        out.writeStartElement(name);
        out.writeAttribute("xml:lang", "en");
        verbatim(value == null ? "" : value);
        out.writeEndElement();
    }

    /** A reader of XML takes a bare carriage return for the end of a line. */
    private void verbatim(String value) throws XMLStreamException {
        int from = 0;
        for (int at = value.indexOf('\r'); at >= 0; at = value.indexOf('\r', from)) {
            out.writeCharacters(value.substring(from, at));
            out.writeEntityRef("#13");
            from = at + 1;
        }
        out.writeCharacters(value.substring(from));
    }

    private void elements(List<Element> all) throws XMLStreamException {
        line(1);
        out.writeStartElement("elements");
        for (Element element : all) {
            line(2);
            out.writeStartElement("element");
            out.writeAttribute("identifier", "id-" + element.getId());
            out.writeAttribute("xsi:type", ArchiMate.typeOf(element.eClass()));
            words("name", 3, element.getName());
            if (element.getNote() != null) {
                words("documentation", 3, element.getNote());
            }
            properties(element);
            line(2);
            out.writeEndElement();
        }
        line(1);
        out.writeEndElement();
    }

    private void properties(Element element) throws XMLStreamException {
        line(3);
        out.writeStartElement("properties");
        property(ArchiMate.CLASS, element.eClass().getName());
        if (element.getName() == null) {
            property(ArchiMate.OWN + "unnamed", "true");
        }
        for (EStructuralFeature feature : ArchiMate.attributes(element.eClass())) {
            if (element.eIsSet(feature)) {
                property(ArchiMate.OWN + feature.getName(), value(element, feature));
            }
        }
        if (element instanceof LoadProfile profile) {
            property(ArchiMate.DAYS, days(profile));
        }
        line(3);
        out.writeEndElement();
    }

    private static String value(EObject element, EStructuralFeature feature) {
        EDataType type = (EDataType) feature.getEType();
        if (!feature.isMany()) {
            return EcoreUtil.convertToString(type, element.eGet(feature));
        }
        StringJoiner joined = new StringJoiner(" ");
        for (Object each : (List<?>) element.eGet(feature)) {
            joined.add(EcoreUtil.convertToString(type, each));
        }
        return joined.toString();
    }

    private static String days(LoadProfile profile) {
        StringJoiner days = new StringJoiner("; ");
        for (LoadDay day : profile.getDays()) {
            StringJoiner hours = new StringJoiner(" ");
            day.getPercentByHour().forEach(it -> hours.add(String.valueOf(it)));
            days.add(day.getDay().getLiteral() + ": " + hours);
        }
        return days.toString();
    }

    private void property(String name, String value) throws XMLStreamException {
        String id = definitions.computeIfAbsent(name, _ -> "propid-" + (definitions.size() + 1));
        line(4);
        out.writeStartElement("property");
        out.writeAttribute("propertyDefinitionRef", id);
        words("value", 5, value);
        line(4);
        out.writeEndElement();
    }

    private void relationships(List<Element> all) throws XMLStreamException {
        line(1);
        out.writeStartElement("relationships");
        int number = 0;
        for (Element element : all) {
            for (EReference reference : ArchiMate.references(element.eClass())) {
                for (EObject target : targets(element, reference)) {
                    if (target instanceof Element other && !other.eIsProxy()) {
                        relationship("id-r" + ++number, element, reference, other);
                    }
                }
            }
        }
        line(1);
        out.writeEndElement();
    }

    private static List<EObject> targets(Element element, EReference reference) {
        Object value = element.eGet(reference);
        if (value == null) {
            return List.of();
        }
        List<EObject> targets = new ArrayList<>();
        for (Object each : reference.isMany() ? (List<?>) value : List.of(value)) {
            targets.add((EObject) each);
        }
        return targets;
    }

    /** An assignment leads from what carries to what is carried; everything else from the owner. */
    private void relationship(String id, Element owner, EReference reference, Element other)
            throws XMLStreamException {
        String type = ArchiMate.relationOf(reference);
        boolean carried = type.equals("Assignment");
        line(2);
        out.writeStartElement("relationship");
        out.writeAttribute("identifier", id);
        out.writeAttribute("source", "id-" + (carried ? other : owner).getId());
        out.writeAttribute("target", "id-" + (carried ? owner : other).getId());
        out.writeAttribute("xsi:type", type);
        line(3);
        out.writeStartElement("properties");
        property(ArchiMate.FEATURE, reference.getName());
        line(3);
        out.writeEndElement();
        line(2);
        out.writeEndElement();
    }

    private void definitions() throws XMLStreamException {
        line(1);
        out.writeStartElement("propertyDefinitions");
        for (Map.Entry<String, String> each : definitions.entrySet()) {
            line(2);
            out.writeStartElement("propertyDefinition");
            out.writeAttribute("identifier", each.getValue());
            out.writeAttribute("type", "string");
            words("name", 3, each.getKey());
            line(2);
            out.writeEndElement();
        }
        line(1);
        out.writeEndElement();
    }
}
