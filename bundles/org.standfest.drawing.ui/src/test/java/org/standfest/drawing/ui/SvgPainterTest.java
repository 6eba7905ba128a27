package org.standfest.drawing.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.workbench.ui.look.Shade;
import org.standfest.workbench.ui.look.Shades;
import org.w3c.dom.Document;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import javax.xml.parsers.DocumentBuilderFactory;

class SvgPainterTest {

    private static Scene scene() {
        Figure card =
                new Figure(
                        "card",
                        Figure.Form.CARD,
                        new Box(20, 60, 292, 90),
                        "A <host> & \"more\"",
                        "KVM",
                        Optional.empty(),
                        List.of(new Figure.Gauge("CPU", 1.2, .5)),
                        Optional.of(Figure.Badge.ERROR),
                        List.of());
        Figure area =
                new Figure(
                        "area",
                        Figure.Form.AREA,
                        new Box(0, 0, 340, 200),
                        "Rathaus",
                        "",
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of(card));
        Wire wire =
                Wire.labelled(
                        "w",
                        Wire.Form.ARROW,
                        List.of(new Spot(0, 0), new Spot(0, 90.256)),
                        "alle 15 min");
        return new Scene(List.of(area), List.of(wire));
    }

    @Test
    void writesADocumentThatEveryParserReads() throws Exception {
        String svg = SvgPainter.document(scene(), Shades.LIGHT, "Zwei & mehr");
        Document read =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertEquals("svg", read.getDocumentElement().getTagName());
        assertEquals("Zwei & mehr", read.getElementsByTagName("title").item(0).getTextContent());
        List<String> texts = new java.util.ArrayList<>();
        for (int i = 0; i < read.getElementsByTagName("text").getLength(); i++) {
            texts.add(read.getElementsByTagName("text").item(i).getTextContent());
        }
        assertTrue(texts.contains("A <host> & \"more\""), texts.toString());
        assertTrue(texts.contains("120 %") && texts.contains("alle 15 min"), texts.toString());
    }

    @Test
    void writesNumbersShort() {
        String svg = SvgPainter.document(scene(), Shades.LIGHT, "");
        assertTrue(svg.contains("0,90.26"), "rounded to hundredths");
        assertFalse(svg.contains(".00"), "no digits that say nothing");
    }

    @Test
    void cutsATextThatIsTooLong() {
        SvgPainter painter = new SvgPainter(Shades.DARK);
        painter.text(
                "A very long name indeed",
                new Box(0, 0, 60, 20),
                Painter.Type.TEXT,
                Shade.TEXT,
                Painter.Align.LEFT);
        String svg = painter.finish(new Box(0, 0, 60, 20), "");
        assertTrue(svg.contains("\u2026</text>"), svg);
        assertFalse(svg.contains("indeed"));
    }
}
