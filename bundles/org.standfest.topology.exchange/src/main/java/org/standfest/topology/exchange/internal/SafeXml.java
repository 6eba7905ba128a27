package org.standfest.topology.exchange.internal;

import org.standfest.topology.exchange.Source;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads foreign XML into a small tree: no document type, no entities beyond XML's own, at most 2
 * million elements and 64 levels. One thread.
 */
final class SafeXml {

    private static final int ELEMENTS_MAX = 2_000_000;
    private static final int DEPTH_MAX = 64;

    /**
     * An element.
     *
     * @param name without prefix
     * @param attributes by name without prefix
     * @param children in order
     * @param text what stands in it, without its children's
     */
    record Node(
            String name, Map<String, String> attributes, List<Node> children, StringBuilder text) {

        /** The first child of a name. */
        Optional<Node> child(String wanted) {
            return children.stream().filter(it -> it.name.equals(wanted)).findFirst();
        }

        /** All children of a name. */
        List<Node> all(String wanted) {
            return children.stream().filter(it -> it.name.equals(wanted)).toList();
        }

        /** An attribute; empty where it is missing. */
        String attribute(String wanted) {
            return attributes.getOrDefault(wanted, "");
        }

        /** The text of a child, without blanks around it; empty where there is none. */
        String textOf(String wanted) {
            return wordsOf(wanted).strip();
        }

        /** The text of a child as it stands; empty where there is none. */
        String wordsOf(String wanted) {
            return child(wanted).map(it -> it.text.toString()).orElse("");
        }
    }

    private SafeXml() {}

    /** The root. */
    static Node read(Source source) throws Fault {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader parser = factory.createXMLStreamReader(new StringReader(source.text()));
            return tree(parser, source.name());
        } catch (XMLStreamException broken) {
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNumber();
            throw Draft.fault("xml-broken", source.name(), line);
        }
    }

    private static Node tree(XMLStreamReader parser, String file) throws XMLStreamException, Fault {
        List<Node> open = new ArrayList<>();
        Node root = null;
        int elements = 0;
        while (parser.hasNext()) {
            switch (parser.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw Draft.fault("xml-doctype", file);
                case XMLStreamConstants.START_ELEMENT -> {
                    Node node = node(parser);
                    if (++elements > ELEMENTS_MAX || open.size() >= DEPTH_MAX) {
                        throw Draft.fault("xml-too-much", file, ELEMENTS_MAX, DEPTH_MAX);
                    }
                    if (open.isEmpty()) {
                        root = node;
                    } else {
                        open.getLast().children.add(node);
                    }
                    open.add(node);
                }
                case XMLStreamConstants.END_ELEMENT -> open.removeLast();
                case XMLStreamConstants.CHARACTERS -> {
                    if (!open.isEmpty()) {
                        open.getLast().text.append(parser.getText());
                    }
                }
                default -> {
                    // comments and white space
                }
            }
        }
        return root;
    }

    private static Node node(XMLStreamReader parser) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < parser.getAttributeCount(); i++) {
            attributes.put(parser.getAttributeLocalName(i), parser.getAttributeValue(i));
        }
        return new Node(parser.getLocalName(), attributes, new ArrayList<>(), new StringBuilder());
    }
}
