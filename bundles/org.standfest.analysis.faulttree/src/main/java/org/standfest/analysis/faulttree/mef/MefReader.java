package org.standfest.analysis.faulttree.mef;

import org.standfest.analysis.faulttree.mef.RawFormula.Place;

import java.io.InputStream;
import java.util.Optional;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads fault trees in the Open-PSA model exchange format 2.0d: gates with and, or, not, xor, nand,
 * nor, iff, imply, atleast, cardinality and constants; basic events, house events and parameters
 * with constant, arithmetic and exponential expressions; of a distribution its mean. Document
 * types, external entities and includes are refused. Stateless, safe for any thread.
 */
public final class MefReader {

    private final MefLimits limits;

    /** A reader with limits. */
    public MefReader(MefLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads a file. Never throws for what the file holds.
     *
     * @param name what to call the tree if it has no name
     * @param input the file's bytes; not closed
     */
    public MefReading read(String name, InputStream input) {
        Findings findings = new Findings();
        MefDocument document = new MefDocument(name, limits, findings);
        try {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_COALESCING, false);
            XMLStreamReader xml = factory.createXMLStreamReader(input);
            document.read(xml);
        } catch (XMLStreamException broken) {
            findings.error("broken", place(broken), name, firstLine(broken));
        } catch (MefDocument.Refused refused) {
            // The finding is there already.
        }
        if (findings.failed()) {
            return new MefReading(Optional.empty(), findings.all());
        }
        var tree = new TreeMaker(document, findings).make();
        return new MefReading(
                findings.failed() ? Optional.empty() : Optional.of(tree), findings.all());
    }

    private static Place place(XMLStreamException broken) {
        return broken.getLocation() == null
                ? new Place(1, 1)
                : new Place(
                        Math.max(1, broken.getLocation().getLineNumber()),
                        Math.max(1, broken.getLocation().getColumnNumber()));
    }

    /** What the parser says, without its own report of the place. */
    private static String firstLine(XMLStreamException broken) {
        String text = String.valueOf(broken.getMessage());
        int message = text.indexOf("Message: ");
        return message < 0 ? text : text.substring(message + "Message: ".length());
    }
}
