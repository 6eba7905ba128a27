package org.standfest.topology.files.internal;

import org.standfest.results.Catalog;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.files.FileLimits;

import java.io.ByteArrayInputStream;
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
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final FileLimits limits;
    private final Catalog texts;
    private final String fileName;
    private int elements;

    /** A reader for one file. */
    public ElementReader(FileLimits limits, Catalog texts, String fileName) {
        this.limits = limits;
        this.texts = texts;
        this.fileName = fileName;
    }

    /** Reads the whole; called once. */
    public RawElement read(byte[] content) throws Refusal, IOException {
        if (content.length == 0) {
            throw new Refusal(texts.explain("topology.file.empty", fileName));
        }
        try (GuardReader guard = new GuardReader(strictUtf8(content), limits.tagCharacters())) {
            return read(guard, content);
        }
    }

    private RawElement read(GuardReader guard, byte[] content) throws Refusal {
        XMLStreamReader parser = null;
        try {
            parser = factory().createXMLStreamReader(guard);
            return readDocument(parser);
        } catch (XMLStreamException fault) {
            throw explain(fault, guard, parser, content);
        } catch (RuntimeException fault) {
            // The JDK's parser wraps some faults of its input; everything else is a bug of ours.
            if (guard.reason() == null && !hasCause(fault, CharacterCodingException.class)) {
                throw fault;
            }
            throw explain(fault, guard, parser, content);
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
                        open.getFirst().children().add(element);
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
        String name = parser.getLocalName();
        if (!TopologyPackage.eNS_URI.equals(parser.getNamespaceURI()) && elements > 1) {
            throw at("topology.file.unknown-element", parser, name, "?");
        }
        RawElement element =
                new RawElement(
                        name.intern(),
                        parser.getLocation().getLineNumber(),
                        parser.getLocation().getColumnNumber());
        for (int i = 0; i < attributes; i++) {
            String attribute = parser.getAttributeLocalName(i);
            if (parser.getAttributeNamespace(i) != null
                    && !parser.getAttributeNamespace(i).isEmpty()) {
                throw at("topology.file.unknown-attribute", parser, attribute, name);
            }
            element.attributes().put(attribute.intern(), parser.getAttributeValue(i));
        }
        return element;
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
            Exception fault, GuardReader guard, XMLStreamReader parser, byte[] content) {
        if (guard.reason() != null) {
            String code =
                    switch (guard.reason()) {
                        case DOCUMENT_TYPE -> "topology.file.doctype";
                        case STRAY -> "topology.file.stray";
                        case TOO_LONG -> "topology.file.too-long";
                    };
            return Places.refuse(
                    texts, code, fileName, guard.line(), guard.column(), limits.tagCharacters());
        }
        if (hasCause(fault, CharacterCodingException.class)) {
            return new Refusal(texts.explain("topology.file.not-utf8", fileName, guard.line()));
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
        String code = endsWithRoot(content) ? "topology.file.damaged" : "topology.file.truncated";
        return Places.refuse(texts, code, fileName, line, column);
    }

    /**
     * Whether the last thing in the file closes the root, so that nothing is cut off at the end.
     */
    private static boolean endsWithRoot(byte[] content) {
        int tail = Math.min(content.length, 200);
        String end = new String(content, content.length - tail, tail, StandardCharsets.ISO_8859_1);
        return end.strip().endsWith("</" + ROOT + ">");
    }

    private static boolean hasCause(Throwable fault, Class<? extends Throwable> kind) {
        for (Throwable it = fault; it != null; it = next(it)) {
            if (kind.isInstance(it)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable next(Throwable fault) {
        return fault instanceof XMLStreamException xml && xml.getNestedException() != null
                ? xml.getNestedException()
                : fault.getCause();
    }

    private static Reader strictUtf8(byte[] content) {
        int start = 0;
        if (content.length >= 3
                && content[0] == BYTE_ORDER_MARK[0]
                && content[1] == BYTE_ORDER_MARK[1]
                && content[2] == BYTE_ORDER_MARK[2]) {
            start = 3;
        }
        return new InputStreamReader(
                new ByteArrayInputStream(content, start, content.length - start),
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
