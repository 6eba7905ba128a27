package org.standfest.cli.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.command.Console;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.topology.check.BuiltInRules;
import org.standfest.topology.check.RuleExaminer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

class TopologyCommandTest {

    private static final Path EXAMPLES = Path.of("..", "..", "examples");
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);

    private final TopologyCommand command =
            new TopologyCommand(new RuleExaminer(() -> BuiltInRules.all(CLOCK)), List.of());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files
                    .filter(it -> it.toString().endsWith(".topology"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private int run(Locale locale, boolean json, String... words) {
        try (PrintStream o = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream e = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            return command.run(
                    new Invocation(
                            List.of(words),
                            new Console(o),
                            new Console(e),
                            locale,
                            Path.of("work"),
                            json));
        }
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void thereAreTenExamples() throws IOException {
        assertEquals(10, examples().count());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExamplePassesWithEveryRule(Path file) {
        assertEquals(ExitCode.DONE, run(Locale.ENGLISH, true, "check", file.toString()), said());
        JsonObject answer = JsonParser.parseString(said()).getAsJsonObject();
        assertTrue(answer.get("passed").getAsBoolean());
        assertEquals(BuiltInRules.all(CLOCK).size(), answer.get("rules").getAsInt());
        assertEquals(0, answer.get("errors").getAsInt() + answer.get("warnings").getAsInt());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleCanBeShownAndCounted(Path file) {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            assertEquals(ExitCode.DONE, run(locale, false, "show", file.toString()));
            assertEquals(ExitCode.DONE, run(locale, false, "stats", file.toString()));
            assertFalse(said().contains("!show") || said().contains("!sum"), said());
        }
    }

    @Test
    void findingsAreToldWithWhatWhyAndWhatToDo(@TempDir Path folder) throws IOException {
        String good = Files.readString(EXAMPLES.resolve("municipality.topology"));
        Path bad = folder.resolve("bad.topology");
        Files.writeString(bad, good.replace("address=\"192.0.2.21\"", "address=\"192.0.2.22\""));
        assertEquals(ExitCode.REFUSED, run(Locale.GERMAN, false, "check", bad.toString()));
        assertTrue(said().contains("FEHLER"), said());
        assertTrue(said().contains("192.0.2.22"), said());
        assertTrue(said().contains("[check.address.twice]"), said());
        assertTrue(said().contains("1 Fehler"), said());
        out.reset();
        assertEquals(ExitCode.REFUSED, run(Locale.ENGLISH, true, "check", bad.toString()));
        JsonObject finding =
                JsonParser.parseString(said())
                        .getAsJsonObject()
                        .getAsJsonArray("findings")
                        .get(0)
                        .getAsJsonObject();
        assertEquals("error", finding.get("severity").getAsString());
        assertTrue(finding.get("next").getAsString().startsWith("Give one"));
    }

    @Test
    void statsCountAsJson() {
        Path file = EXAMPLES.resolve("alternative-data-centre.topology");
        assertEquals(ExitCode.DONE, run(Locale.ENGLISH, true, "stats", file.toString()));
        JsonObject answer = JsonParser.parseString(said()).getAsJsonObject();
        assertEquals(15, answer.getAsJsonObject("kinds").get("PhysicalServer").getAsInt());
        assertEquals(3, answer.getAsJsonObject("kinds").get("ImagePool").getAsInt());
        assertEquals(2, answer.get("formatVersion").getAsInt());
    }

    @Test
    void showsAsTreeInJson() {
        Path file = EXAMPLES.resolve("raid-model.topology");
        assertEquals(ExitCode.DONE, run(Locale.ENGLISH, true, "show", file.toString()));
        JsonObject answer = JsonParser.parseString(said()).getAsJsonObject();
        assertEquals("Topology", answer.get("kind").getAsString());
        assertTrue(answer.getAsJsonArray("contents").size() > 10);
    }

    @Test
    void olderFileIsMigratedInPlaceAndKept(@TempDir Path folder) throws IOException {
        String id = "00000000-0000-4000-8000-000000000001";
        Path file = folder.resolve("old.topology");
        String old =
                "<topology xmlns=\"urn:standfest:topology\" format=\"1\" id=\""
                        + id
                        + "\">\n</topology>\n";
        Files.writeString(file, old);
        assertEquals(ExitCode.DONE, run(Locale.ENGLISH, false, "migrate", file.toString()));
        assertTrue(said().contains("from format version 1 to 2"), said());
        assertEquals(old, Files.readString(folder.resolve("old.topology.v1")));
        assertTrue(Files.readString(file).contains("format=\"2\""));
        out.reset();
        assertEquals(ExitCode.DONE, run(Locale.ENGLISH, false, "migrate", file.toString()));
        assertTrue(said().contains("already"), said());
    }

    @Test
    void refusalsUsageAndFaultsHaveTheirExitCodes(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("x.topology"), "<topology");
        assertEquals(ExitCode.REFUSED, run(Locale.ENGLISH, false, "check", broken.toString()));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("[topology.file.truncated]"));
        assertEquals(ExitCode.REFUSED, run(Locale.ENGLISH, false, "show", "nowhere.topology"));
        assertEquals(ExitCode.USAGE, run(Locale.ENGLISH, false, "check"));
        assertEquals(ExitCode.USAGE, run(Locale.ENGLISH, false, "draw", broken.toString()));
        assertEquals(ExitCode.USAGE, run(Locale.ENGLISH, false, "check", "a", "b"));
        assertEquals(ExitCode.USAGE, run(Locale.ENGLISH, false, "check", "--fast", "a"));
    }

    @Test
    void importsExportsAndCompares(@TempDir Path folder) throws IOException {
        Path archimate = folder.resolve("m.xml");
        Path back = folder.resolve("back.topology");
        String example = EXAMPLES.resolve("municipality.topology").toString();
        String[] export = {
            "export", example, "--format", "archimate", "--to", archimate.toString()
        };
        assertEquals(ExitCode.DONE, run(Locale.ENGLISH, false, export), err.toString());
        assertEquals(ExitCode.REFUSED, run(Locale.ENGLISH, false, export), "never overwrites");
        String[] read = {"import", archimate.toString(), "--to", back.toString()};
        assertEquals(ExitCode.DONE, run(Locale.GERMAN, true, read), err.toString());
        assertEquals(Files.readString(Path.of(example)), Files.readString(back));
        assertEquals(ExitCode.DONE, run(Locale.ENGLISH, false, "diff", example, back.toString()));
        String other = EXAMPLES.resolve("raid-model.topology").toString();
        assertEquals(ExitCode.REFUSED, run(Locale.ENGLISH, true, "diff", example, other));
    }

    @Test
    void writesTheDesignReportOnceAndNeverOverIt(@TempDir Path folder) throws IOException {
        Path web = folder.resolve("design.html");
        String example = EXAMPLES.resolve("municipality.topology").toString();
        String[] report = {"report", example, "--to", web.toString()};
        assertEquals(ExitCode.DONE, run(Locale.GERMAN, false, report), err.toString());
        assertTrue(Files.readString(web).contains("avance-1"));
        assertEquals(ExitCode.REFUSED, run(Locale.GERMAN, false, report), "never overwrites");
        String none = folder.resolve("none.png").toString();
        String pdf = folder.resolve("design.pdf").toString();
        String[] pictured = {"report", example, "--to", pdf, "--picture", none};
        assertEquals(ExitCode.REFUSED, run(Locale.ENGLISH, false, pictured));
        assertFalse(Files.exists(Path.of(pdf)));
    }

    @Test
    void laysAPatternOverNamedSystemsAndTheResultPasses(@TempDir Path folder) {
        Path laid = folder.resolve("laid.topology");
        String example = EXAMPLES.resolve("municipality.topology").toString();
        assertEquals(
                ExitCode.DONE,
                run(
                        Locale.ENGLISH,
                        false,
                        "lay",
                        "standfest.standby-classic",
                        example,
                        "--on",
                        "finance,documents",
                        "--answer",
                        "interval=30",
                        "--to",
                        laid.toString()),
                err.toString());
        assertTrue(said().contains("+ Standby protection"), said());
        assertEquals(
                ExitCode.USAGE,
                run(Locale.ENGLISH, false, "lay", "standfest.nothing", example, "--to", "x"));
    }

    @Test
    void tellsTheCourseOfAFailure() {
        String example = EXAMPLES.resolve("municipality.topology").toString();
        assertEquals(
                ExitCode.DONE, run(Locale.ENGLISH, true, "fail", example, "--what", "avance-1"));
        JsonObject told = JsonParser.parseString(said()).getAsJsonObject();
        assertEquals(11, told.getAsJsonArray("services").size());
        assertTrue(told.getAsJsonArray("events").size() > 10);
        assertEquals(
                ExitCode.USAGE, run(Locale.ENGLISH, false, "fail", example, "--what", "nobody"));
    }
}
