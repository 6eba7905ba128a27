package org.standfest.analysis.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.analysis.availability.AnalysisRequest;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.TopologyAnalysis;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.documents.Document;
import org.standfest.documents.HtmlWriter;
import org.standfest.results.Outcome;
import org.standfest.topology.Component;
import org.standfest.topology.Confidence;
import org.standfest.topology.Dependency;
import org.standfest.topology.Element;
import org.standfest.topology.FailureData;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import javax.xml.parsers.DocumentBuilderFactory;

class AnalysisDocumentTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final TopologyFactory factory = TopologyFactory.eINSTANCE;
    private final Topology topology = factory.createTopology();
    private int ids;
    @TempDir Path folder;

    private <T extends Element> T named(T element, String name) {
        element.setName(name);
        element.setId(new UUID(0, ++ids).toString());
        return element;
    }

    private Storage storage(Site site, String name) {
        Storage storage = named(factory.createStorage(), name);
        site.getStorages().add(storage);
        return storage;
    }

    private void stated(Component component, double mtbf, double mttr, String source) {
        FailureData data = named(factory.createFailureData(), "figures");
        data.setMtbfHours(mtbf);
        data.setMttrHours(mttr);
        data.setSource(source);
        data.setConfidence(Confidence.MEASURED);
        topology.getFailureData().add(data);
        component.setFailureData(data);
    }

    private Service service(String name, Component... targets) {
        Service service = named(factory.createService(), name);
        Dependency dependency = named(factory.createDependency(), name);
        dependency.getTargets().addAll(List.of(targets));
        service.getDependencies().add(dependency);
        topology.getServices().add(service);
        return service;
    }

    /** A mail service on a measured storage and, for its archive, on one with default figures. */
    private AnalysisResult result() {
        topology.setName("Kleinstadt");
        Site site = named(factory.createSite(), "Rathaus");
        topology.getSites().add(site);
        stated(site, 1e7, 1, "Eigene Aufzeichnung 2025");
        Storage one = storage(site, "Speicher <A>");
        stated(one, 1996, 4, "Messung & Protokoll");
        Service mail = service("E-Mail", one, storage(site, "Archiv"));
        mail.setRtoSeconds(3600);
        mail.setMtpdSeconds(86_400);
        AnalysisRequest all = AnalysisRequest.everything();
        return TopologyAnalysis.run(topology, all, InstantSource.fixed(NOW), Watcher.patient())
                .orThrow();
    }

    private static Document document(AnalysisResult result, Locale locale) {
        ReportHead head =
                new ReportHead("Gemeinde", NOW, AnalysisRequest.everything().assumptions());
        return AnalysisDocument.of(result, head, locale, ZONE);
    }

    /** The page without its first line and the tags that XML does not know as empty. */
    private static org.w3c.dom.Document parsed(String html) throws Exception {
        String xml =
                html.replace("<!DOCTYPE html>", "").replaceAll("<(meta|img)([^>]*)>", "<$1$2/>");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }

    private static List<String> texts(org.w3c.dom.Document page, String tag) {
        NodeList nodes = page.getElementsByTagName(tag);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    @Test
    void saysWhatTheServiceReachesAndWhatBringsItDown() throws Exception {
        org.w3c.dom.Document page = parsed(HtmlWriter.write(document(result(), Locale.GERMAN)));
        List<String> cells = texts(page, "td");
        assertTrue(cells.contains("E-Mail"), cells::toString);
        assertTrue(texts(page, "h3").contains("E-Mail"));
        String singles =
                texts(page, "div").stream()
                        .filter(it -> it.startsWith("Einzelne Ausfallstellen"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(singles.contains("Speicher <A>"), singles);
        assertTrue(singles.contains("Archiv*"), singles);
        assertTrue(texts(page, "h4").contains("Was zum Ausfall beiträgt"));
        assertTrue(texts(page, "h4").contains("Wie lange Ausfälle dauern"));
    }

    @Test
    void namesTheSourceOfEachFigureAndMarksDefaults() throws Exception {
        org.w3c.dom.Document page = parsed(HtmlWriter.write(document(result(), Locale.GERMAN)));
        List<String> cells = texts(page, "td");
        int measured = cells.lastIndexOf("Speicher <A>");
        assertEquals("Messung & Protokoll", cells.get(measured + 4));
        assertEquals("gemessen", cells.get(measured + 3));
        int assumed = cells.lastIndexOf("Archiv*");
        assertTrue(cells.get(assumed + 4).startsWith("Vorgabe: "), cells.get(assumed + 4));
        assertTrue(
                texts(page, "div").stream()
                        .anyMatch(it -> it.startsWith("Daten.") && it.contains("Für 1 davon")));
    }

    @Test
    void tellsWhetherObjectivesAreKept() throws Exception {
        org.w3c.dom.Document page = parsed(HtmlWriter.write(document(result(), Locale.ENGLISH)));
        List<String> cells = texts(page, "td");
        int rto = cells.indexOf("RTO: back again after");
        assertTrue(rto >= 0, cells::toString);
        assertEquals("1\u00a0h", cells.get(rto + 1));
        assertTrue(cells.get(rto + 2).endsWith("%"), cells.get(rto + 2));
        assertTrue(texts(page, "p").stream().anyMatch(it -> it.startsWith("Estimates:")));
    }

    @Test
    void saysTheSameInBothLanguagesBlockForBlock() {
        AnalysisResult result = result();
        Document english = document(result, Locale.ENGLISH);
        Document german = document(result, Locale.GERMAN);
        assertEquals(
                english.blocks().stream().map(Object::getClass).toList(),
                german.blocks().stream().map(Object::getClass).toList());
        String page = HtmlWriter.write(english) + HtmlWriter.write(german);
        assertFalse(page.matches("(?s).*![a-z.-]+!.*"), "a text is missing");
    }

    @Test
    void writesSheetsWithTheSameFigures() throws IOException {
        Path place = folder.resolve("bericht.pdf");
        Outcome<Path> written = ReportFile.write(document(result(), Locale.GERMAN), place, NOW);
        assertEquals(place, written.orThrow());
        try (PDDocument pdf = Loader.loadPDF(place.toFile())) {
            String text = new PDFTextStripper().getText(pdf);
            assertTrue(text.contains("Verfügbarkeit: Kleinstadt"), text);
            assertTrue(text.contains("Gemeinde, 22. November 2026"), text);
            assertTrue(text.contains("Speicher <A>"), text);
            assertTrue(text.contains("Wie gerechnet wurde"), text);
        }
        try (var left = Files.list(folder)) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void refusesANameWithoutAFormatAndAnUnwritablePlace() throws IOException {
        Document document = document(result(), Locale.ENGLISH);
        assertInstanceOf(
                Outcome.Refused.class,
                ReportFile.write(document, folder.resolve("report.doc"), NOW));
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertInstanceOf(
                Outcome.Failed.class, ReportFile.write(document, file.resolve("report.html"), NOW));
    }

    @Test
    void tellsThatATopologyWithoutServicesHasNothingToCalculate() throws Exception {
        topology.setName("Leer");
        AnalysisResult nothing =
                TopologyAnalysis.run(
                                topology,
                                AnalysisRequest.everything(),
                                InstantSource.fixed(NOW),
                                Watcher.patient())
                        .orThrow();
        org.w3c.dom.Document page = parsed(HtmlWriter.write(document(nothing, Locale.ENGLISH)));
        assertTrue(
                texts(page, "p").stream().anyMatch(it -> it.contains("has no services")),
                () -> texts(page, "p").toString());
    }

    @Test
    void saysThatItIsIncompleteWhenItWasCancelled() throws Exception {
        result();
        AnalysisResult half =
                TopologyAnalysis.run(
                                topology,
                                AnalysisRequest.everything(),
                                InstantSource.fixed(NOW),
                                () -> true)
                        .orThrow();
        assertFalse(half.complete());
        HtmlWriter.write(document(half, Locale.GERMAN));
    }
}
