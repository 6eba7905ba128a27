package org.standfest.ui.tests.hq;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/**
 * What is drawn in a topology file, by names: neither positions nor figures.
 *
 * @param sites in the order of the file
 * @param hosts with their sites
 * @param servers with their sites
 * @param guests with their hosts
 * @param links both sites of each
 * @param pairs both hosts of each
 */
record SavedDrawing(
        List<String> sites,
        Map<String, String> hosts,
        Map<String, String> servers,
        Map<String, String> guests,
        List<List<String>> links,
        List<List<String>> pairs) {

    /** Reads it as any program may, not by the model. */
    static SavedDrawing of(Path file) throws IOException {
        Document document;
        try {
            document =
                    DocumentBuilderFactory.newDefaultInstance()
                            .newDocumentBuilder()
                            .parse(file.toFile());
        } catch (SAXException | ParserConfigurationException fault) {
            throw new IOException(fault);
        }
        Map<String, String> names = new HashMap<>();
        elements(document, "*").forEach(it -> names.put(it.getAttribute("id"), name(it)));
        return new SavedDrawing(
                elements(document, "site").stream().map(SavedDrawing::name).toList(),
                inside(elements(document, "host")),
                inside(elements(document, "physicalServer")),
                guests(elements(document, "virtualMachine"), names),
                ends(elements(document, "link"), names, "firstSite", "secondSite"),
                ends(elements(document, "mirrorPair"), names, "firstHost", "secondHost"));
    }

    private static List<Element> elements(Document document, String kind) {
        NodeList found = document.getElementsByTagName(kind);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String name(Element element) {
        return element.getAttribute("name");
    }

    private static Map<String, String> inside(List<Element> elements) {
        Map<String, String> parents = new TreeMap<>();
        elements.forEach(it -> parents.put(name(it), name((Element) it.getParentNode())));
        return parents;
    }

    private static Map<String, String> guests(List<Element> elements, Map<String, String> names) {
        Map<String, String> hosts = new TreeMap<>();
        elements.forEach(it -> hosts.put(name(it), names.get(it.getAttribute("host"))));
        return hosts;
    }

    private static List<List<String>> ends(
            List<Element> elements, Map<String, String> names, String first, String second) {
        return elements.stream()
                .map(
                        it ->
                                List.of(
                                        names.get(it.getAttribute(first)),
                                        names.get(it.getAttribute(second))))
                .toList();
    }
}
