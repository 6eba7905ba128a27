package org.standfest.topology.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** Damaged and hostile files of every kind: each is refused with its reason, quickly. */
class HostileFilesTest {

    private static final String PROLOG = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String ID = "00000000-0000-4000-8000-00000000000";
    private static final String ROOT =
            "<topology xmlns=\"urn:standfest:topology\" format=\"2\" id=\"" + ID + "0\"";
    private static final String OPEN = PROLOG + ROOT + ">\n";
    private static final String CLOSE = "</topology>\n";
    private static final String SITE = "<site id=\"" + ID + "1\" name=\"Town hall\"/>\n";

    private final TopologyFiles files = new TopologyFiles();

    static Stream<Arguments> badFiles() {
        String good = OPEN + SITE + CLOSE;
        return Stream.of(
                bad("empty", "", "empty"),
                bad("cut inside a tag", good.substring(0, good.indexOf("Town")), "truncated"),
                bad("cut between tags", good.substring(0, good.indexOf("</topology")), "truncated"),
                bad("cut in the prolog", good.substring(0, 20), "truncated"),
                bad("not XML", "hello world", "damaged"),
                bad("mismatched tags", OPEN + "<site id=\"" + ID + "1\">" + CLOSE, "damaged"),
                bad("attribute twice", OPEN + "<site id=\"a\" id=\"b\"/>" + CLOSE, "damaged"),
                bad("two roots", good + ROOT + "/>\n" + CLOSE, "damaged"),
                bad("zero bytes inside", good.replace("Town", "To\0n"), "damaged"),
                bad("undefined entity", good.replace("Town", "&town;"), "damaged"),
                bad("forbidden character", good.replace("Town", "&#1;"), "damaged"),
                bad(
                        "billion laughs",
                        PROLOG
                                + "<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n"
                                + ROOT
                                + " name=\"&b;\"/>\n",
                        "doctype"),
                bad(
                        "external entity",
                        PROLOG
                                + "<!DOCTYPE t [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n"
                                + ROOT
                                + " name=\"&x;\"/>\n",
                        "doctype"),
                bad("external DTD", PROLOG + "<!DOCTYPE t SYSTEM \"urn:x\">\n" + ROOT, "doctype"),
                bad("comment", OPEN + "<!-- a -->" + CLOSE, "stray"),
                bad("character data", OPEN + "<![CDATA[a]]>" + CLOSE, "stray"),
                bad("instruction", OPEN + "<?php a ?>" + CLOSE, "stray"),
                bad("text", OPEN + "lost words" + CLOSE, "stray"),
                bad("deep nesting", OPEN + "<site>".repeat(100_000), "too-deep"),
                bad("too many elements", OPEN + "<site/>".repeat(600_000), "too-many-elements"),
                bad("endless attribute", OPEN + "<site name=\"" + "x".repeat(5 << 20), "too-long"),
                bad(
                        "endless name",
                        OPEN + "<" + "x".repeat(5 << 20),
                        "too-long",
                        "damaged",
                        "truncated"),
                bad("endless text", OPEN + " ".repeat(5 << 20), "too-long"),
                bad(
                        "many attributes",
                        OPEN + "<site " + attributes(100) + "/>",
                        "too-many-attributes"),
                bad(
                        "very many attributes",
                        OPEN + "<site " + attributes(100_000) + "/>" + CLOSE,
                        "too-many-attributes",
                        "damaged"),
                bad("other XML", PROLOG + "<html><body/></html>", "not-a-topology"),
                bad(
                        "other namespace",
                        good.replace("urn:standfest", "urn:other"),
                        "not-a-topology"),
                bad("no version", good.replace(" format=\"2\"", ""), "no-version"),
                bad("draft", good.replace("format=\"2\"", "format=\"0\""), "no-version"),
                bad(
                        "version in words",
                        good.replace("format=\"2\"", "format=\"two\""),
                        "no-version"),
                bad("newer", good.replace("format=\"2\"", "format=\"3\""), "newer"),
                bad("much newer", good.replace("format=\"2\"", "format=\"999999999\""), "newer"),
                bad("unknown element", good.replace("<site", "<town"), "unknown-element"),
                bad(
                        "misplaced element",
                        OPEN + "<disk id=\"" + ID + "1\"/>" + CLOSE,
                        "unknown-element"),
                bad("unknown attribute", good.replace("name=", "title="), "unknown-attribute"),
                bad("derived attribute", good.replace("name=", "hosts="), "unknown-attribute"),
                bad("foreign attribute", good.replace("name=", "xml:lang="), "unknown-attribute"),
                bad(
                        "word for a number",
                        good.replace("name=\"Town hall\"", "staff=\"many\""),
                        "bad-value"),
                bad(
                        "number too large",
                        good.replace("name=\"Town hall\"", "staff=\"99999999999\""),
                        "bad-value"),
                bad(
                        "unknown kind",
                        good.replace("name=\"Town hall\"", "kind=\"castle\""),
                        "bad-value"),
                bad(
                        "not a number",
                        good.replace("name=\"Town hall\"", "latitudeDegrees=\"NaN\""),
                        "bad-value"),
                bad("no identity", good.replace(" id=\"" + ID + "1\"", ""), "bad-id"),
                bad("short identity", good.replace(ID + "1", "1"), "bad-id"),
                bad("identity twice", OPEN + SITE + SITE + CLOSE, "duplicate-id"),
                bad(
                        "reference that is none",
                        good.replace("name=\"Town hall\"", "customer=\"somebody\""),
                        "bad-value"),
                bad(
                        "reference to the wrong kind",
                        good.replace("name=\"Town hall\"", "customer=\"" + ID + "1\""),
                        "wrong-target"),
                Arguments.of(
                        "not UTF-8",
                        good.replace("Town", "Rathäuser").getBytes(StandardCharsets.ISO_8859_1),
                        new String[] {"not-utf8"}),
                Arguments.of(
                        "UTF-16",
                        good.getBytes(StandardCharsets.UTF_16),
                        new String[] {"not-utf8"}),
                Arguments.of(
                        "declared as Latin 1",
                        good.replace("UTF-8", "ISO-8859-1").getBytes(StandardCharsets.UTF_8),
                        new String[] {"not-utf8"}),
                Arguments.of("noise", noise(), new String[] {"not-utf8"}));
    }

    private static Arguments bad(String what, String content, String... codes) {
        return Arguments.of(what, content.getBytes(StandardCharsets.UTF_8), codes);
    }

    private static String attributes(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(" a").append(i).append("=\"\"");
        }
        return text.toString();
    }

    private static byte[] noise() {
        byte[] bytes = new byte[10_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + 200);
        }
        return bytes;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    @Timeout(5)
    void refusesWithTheReason(String what, byte[] content, String[] codes) {
        Outcome<LoadedTopology> outcome = read(content);
        assertInstanceOf(Outcome.Refused.class, outcome, what);
        Explanation why = outcome.problem().orElseThrow();
        String code = why.code().substring("topology.file.".length());
        assertTrue(Arrays.asList(codes).contains(code), what + ": " + why);
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.GERMAN}) {
            assertFalse(
                    why.inFull(locale).matches("(?s).*(!topology|\\{[0-9]).*"), why.inFull(locale));
            assertTrue(why.inFull(locale).contains("f.topology") || code.equals("wrong-target"));
        }
    }

    @Test
    void byteOrderMarkOfAnEditorIsNoHarm() {
        assertTrue(read(("\uFEFF" + OPEN + CLOSE).getBytes(StandardCharsets.UTF_8)).isDone());
    }

    @Test
    void namesLineAndColumn() {
        Explanation why =
                read((OPEN + SITE + "<town/>" + CLOSE).getBytes(StandardCharsets.UTF_8))
                        .problem()
                        .orElseThrow();
        assertEquals("4", why.arguments().get(1));
    }

    @Test
    void refusesHugeStreamWithoutReadingAllOfIt() {
        FileLimits small = new FileLimits(1000, 10, 10, 10, 1000);
        try (InputStream endless = new Endless()) {
            Outcome<LoadedTopology> outcome = new TopologyFiles(small).read(endless, "f.topology");
            assertEquals("topology.file.too-large", outcome.problem().orElseThrow().code());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void refusesHugeFileByItsSize(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("huge.topology");
        try (var channel =
                Files.newByteChannel(
                        file,
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.WRITE,
                        java.nio.file.StandardOpenOption.SPARSE)) {
            channel.position(10L << 30).write(java.nio.ByteBuffer.wrap(new byte[1]));
        }
        assertEquals("topology.file.too-large", files.read(file).problem().orElseThrow().code());
    }

    @Test
    void everyByteLostOrChangedIsRefusedOrReadButNeverBreaks() {
        byte[] good = (OPEN + SITE + CLOSE).getBytes(StandardCharsets.UTF_8);
        assertTrue(read(good).isDone());
        for (int i = 0; i < good.length; i++) {
            byte[] flipped = good.clone();
            flipped[i] ^= 0x15;
            read(flipped);
            assertEquals(
                    i >= good.length - 1, read(Arrays.copyOf(good, i)).isDone(), "cut at " + i);
        }
    }

    @Test
    void tellsMissingFileFromFolderFromUnreadable(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("x.topology");
        assertEquals("topology.file.missing", files.read(missing).problem().orElseThrow().code());
        assertEquals("topology.file.directory", files.read(folder).problem().orElseThrow().code());
        Outcome<LoadedTopology> broken = files.read(new Broken(), "f.topology");
        assertInstanceOf(Outcome.Failed.class, broken);
        assertEquals("topology.file.unreadable", broken.problem().orElseThrow().code());
    }

    private Outcome<LoadedTopology> read(byte[] content) {
        return files.read(new ByteArrayInputStream(content), "f.topology");
    }

    private static final class Endless extends InputStream {
        private int read;

        @Override
        public int read() {
            assertTrue(++read < 100_000, "reads on and on");
            return ' ';
        }
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the cable is out");
        }
    }
}
