package org.standfest.topology.files.internal;

import org.standfest.results.Catalog;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.files.FileLimits;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Parses bytes into raw elements, within limits; knows nothing of the model but its namespace. */
public final class ElementReader {

    private static final String ROOT = "topology";

    /** Real elements have about six; more than this on average is no topology. */
    private static final long ATTRIBUTES_ON_AVERAGE = 10;

    private final FileLimits limits;
    private final Catalog texts;
    private final String fileName;
    private int elements;
    private long allAttributes;

    /** A reader for one file. */
    public ElementReader(FileLimits limits, Catalog texts, String fileName) {
        this.limits = limits;
        this.texts = texts;
        this.fileName = fileName;
    }

    /** Reads the whole; called once. */
    public RawElement read(MeasuredStream bytes) throws Refusal, IOException {
        try (GuardReader guard = new GuardReader(strictUtf8(bytes), limits.tagCharacters())) {
            return read(guard, bytes);
        }
    }

    private RawElement read(GuardReader guard, MeasuredStream bytes) throws Refusal, IOException {
        XMLStreamReader parser = null;
        try {
            parser = factory().createXMLStreamReader(guard);
            return readDocument(parser);
        } catch (XMLStreamException fault) {
            throw explain(fault, guard, parser, bytes);
        } catch (RuntimeException fault) {
            // The JDK's parser wraps some faults of its input; everything else is a bug of ours.
            if (cause(fault, IOException.class) == null) {
                throw fault;
            }
            throw explain(fault, guard, parser, bytes);
        }
    }

    private RawElement readDocument(XMLStreamReader parser) throws XMLStreamException, Refusal {
        String encoding = parser.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            throw new Refusal(texts.explain("topology.file.not-utf8", fileName, 1));
        }
        RawElement root = null;
        Deque<RawElement> open = new ArrayDeque<>();
        while (parser.hasNext()) {
            switch (parser.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    RawElement element = element(parser);
                    if (root == null) {
                        checkRoot(parser);
                        root = element;
                    } else {
                        open.getFirst().add(element);
                    }
                    open.push(element);
                    if (open.size() > limits.depth()) {
                        throw at("topology.file.too-deep", parser, limits.depth());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> {
                    if (!parser.isWhiteSpace()) {
                        throw at("topology.file.stray", parser);
                    }
                }
                case XMLStreamConstants.END_DOCUMENT -> {}
                default -> throw at("topology.file.stray", parser);
            }
        }
        return root;
    }

    private void checkRoot(XMLStreamReader parser) throws Refusal {
        if (!ROOT.equals(parser.getLocalName())
                || !TopologyPackage.eNS_URI.equals(parser.getNamespaceURI())) {
            throw at("topology.file.not-a-topology", parser, parser.getLocalName());
        }
    }

    private RawElement element(XMLStreamReader parser) throws Refusal {
        if (++elements > limits.elements()) {
            throw at("topology.file.too-many-elements", parser, limits.elements());
        }
        int attributes = parser.getAttributeCount();
        if (attributes > limits.attributesPerElement()) {
            throw at("topology.file.too-many-attributes", parser, limits.attributesPerElement());
        }
        allAttributes += attributes;
        if (allAttributes > ATTRIBUTES_ON_AVERAGE * limits.elements()) {
            throw at("topology.file.too-many-elements", parser, limits.elements());
        }
        String name = parser.getLocalName();
        if (!TopologyPackage.eNS_URI.equals(parser.getNamespaceURI()) && elements > 1) {
            throw at("topology.file.unknown-element", parser, name, "?");
        }
        String[] stated = new String[2 * attributes];
        for (int i = 0; i < attributes; i++) {
            String attribute = parser.getAttributeLocalName(i);
            if (parser.getAttributeNamespace(i) != null
                    && !parser.getAttributeNamespace(i).isEmpty()) {
                throw at("topology.file.unknown-attribute", parser, attribute, name);
            }
            stated[2 * i] = attribute;
            stated[2 * i + 1] = parser.getAttributeValue(i);
        }
        return new RawElement(
                name,
                parser.getLocation().getLineNumber(),
                parser.getLocation().getColumnNumber(),
                stated);
    }

    private Refusal at(String code, XMLStreamReader parser, Object... more) {
        return Places.refuse(
                texts,
                code,
                fileName,
                parser.getLocation().getLineNumber(),
                parser.getLocation().getColumnNumber(),
                more);
    }

    private Refusal explain(
            Exception fault, GuardReader guard, XMLStreamReader parser, MeasuredStream bytes)
            throws IOException {
        if (guard.reason() != null) {
            return explain(guard);
        }
        IOException medium = cause(fault, IOException.class);
        if (medium instanceof CharacterCodingException) {
            return new Refusal(texts.explain("topology.file.not-utf8", fileName, guard.line()));
        }
        if (medium != null) {
            throw medium;
        }
        if (bytes.countBytes() == 0) {
            return new Refusal(texts.explain("topology.file.empty", fileName));
        }
        int line = guard.line();
        int column = guard.column();
        if (fault instanceof XMLStreamException xml && xml.getLocation() != null) {
            line = xml.getLocation().getLineNumber();
            column = xml.getLocation().getColumnNumber();
        } else if (parser != null) {
            line = parser.getLocation().getLineNumber();
            column = parser.getLocation().getColumnNumber();
        }
        boolean whole = !guard.ended() || guard.endedWith("</" + ROOT + ">");
        String code = whole ? "topology.file.damaged" : "topology.file.truncated";
        return Places.refuse(texts, code, fileName, line, column);
    }

    private Refusal explain(GuardReader guard) {
        String code =
                switch (guard.reason()) {
                    case DOCUMENT_TYPE -> "topology.file.doctype";
                    case STRAY -> "topology.file.stray";
                    case TOO_LONG -> "topology.file.too-long";
                };
        return Places.refuse(
                texts, code, fileName, guard.line(), guard.column(), limits.tagCharacters());
    }

    private static <T extends Throwable> T cause(Throwable fault, Class<T> kind) {
        for (Throwable it = fault; it != null; it = next(it)) {
            if (kind.isInstance(it)) {
                return kind.cast(it);
            }
        }
        return null;
    }

    private static Throwable next(Throwable fault) {
        return fault instanceof XMLStreamException xml && xml.getNestedException() != null
                ? xml.getNestedException()
                : fault.getCause();
    }

    private static Reader strictUtf8(MeasuredStream bytes) {
        return new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** The JDK's own parser, whatever else is on the class path, with everything external shut. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, Boolean.TRUE);
        return factory;
    }
}
