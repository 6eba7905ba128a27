package org.standfest.analysis.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.analysis.availability.SampledEstimate;
import org.standfest.analysis.availability.SyntheticLandscape;
import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.faulttree.mef.MefLimits;
import org.standfest.analysis.faulttree.mef.MefReader;
import org.standfest.command.Command;
import org.standfest.command.Console;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.topology.Topology;
import org.standfest.topology.files.TopologyFiles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class CommandsTest {

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Command command, boolean json, Locale locale, String... words) {
        out.reset();
        err.reset();
        return command.run(
                new Invocation(
                        List.of(words),
                        new Console(new PrintStream(out, true, StandardCharsets.UTF_8)),
                        new Console(new PrintStream(err, true, StandardCharsets.UTF_8)),
                        locale,
                        folder,
                        json));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The first value of a key in the JSON that was printed. */
    private String json(String key) {
        Matcher found = Pattern.compile('"' + key + "\": (\\[[^\\]]*\\]|[^,\\n]+)").matcher(out());
        assertTrue(found.find(), key);
        return found.group(1);
    }

    private double number(String key) {
        return Double.parseDouble(json(key));
    }

    private Path tree() throws IOException {
        StringBuilder ands = new StringBuilder();
        StringBuilder data = new StringBuilder();
        for (int gate = 0; gate < 54; gate++) {
            ands.append("<or>");
            for (int i = 0; i < 2; i++) {
                String event = "e" + gate + "_" + i;
                ands.append("<basic-event name=\"").append(event).append("\"/>");
                data.append("<define-basic-event name=\"")
                        .append(event)
                        .append("\"><float value=\"0.5\"/></define-basic-event>");
            }
            ands.append("</or>");
        }
        return Files.writeString(
                folder.resolve("tree.xml"),
                "<opsa-mef><define-fault-tree name=\"t\"><define-gate name=\"top\"><and>"
                        + ands
                        + "</and></define-gate></define-fault-tree><model-data>"
                        + data
                        + "</model-data></opsa-mef>");
    }

    @Test
    void ftaGivesExactCountsAsStringsWhereADoubleWouldNotHoldThem() throws IOException {
        String file = tree().toString();
        assertEquals(ExitCode.DONE, run(new FtaCommand(), true, Locale.ENGLISH, file));
        assertTrue(out().contains("\"tops\""));
        assertEquals("\"top\"", json("name"));
        assertEquals(Math.pow(0.75, 54), number("probability"), 1e-20);
        assertEquals("\"18014398509481984\"", json("cutSets"));
        String[] byOrder = json("cutSetsByOrder").replaceAll("[\\[\\]\\s]", "").split(",");
        assertEquals(54, byOrder.length);
        assertEquals("0", byOrder[0]);
        assertEquals("\"18014398509481984\"", byOrder[53]);
    }

    @Test
    void ftaSaysTheSameInSentences() throws IOException {
        String file = tree().toString();
        assertEquals(
                ExitCode.DONE,
                run(new FtaCommand(), false, Locale.GERMAN, file, "--cut-sets", "2"));
        assertTrue(out().contains("18014398509481984 minimale Schnitte"), out());
        assertEquals(3, out().lines().count());
    }

    /** Three of so many in each of the clauses: no small diagram. */
    private Path entangled(int events, int clauses) throws IOException {
        Random random = new Random(11);
        StringBuilder ands = new StringBuilder();
        StringBuilder data = new StringBuilder();
        for (int event = 0; event < events; event++) {
            data.append("<define-basic-event name=\"e")
                    .append(event)
                    .append("\"><float value=\"0.02\"/></define-basic-event>");
        }
        for (int clause = 0; clause < clauses; clause++) {
            ands.append("<and>");
            for (int i = 0; i < 3; i++) {
                ands.append("<basic-event name=\"e").append(random.nextInt(events)).append("\"/>");
            }
            ands.append("</and>");
        }
        return Files.writeString(
                folder.resolve("entangled.xml"),
                "<opsa-mef><define-fault-tree name=\"t\"><define-gate name=\"top\"><or>"
                        + ands
                        + "</or></define-gate></define-fault-tree><model-data>"
                        + data
                        + "</model-data></opsa-mef>");
    }

    @Test
    void ftaGivesBoundsWhereTheTimeIsOver() throws IOException {
        String[] words = {entangled(120, 300).toString(), "--seconds", "1"};
        assertEquals(ExitCode.FAILED, run(new FtaCommand(), true, Locale.ENGLISH, words));
        assertEquals("false", json("exact"));
        assertTrue(number("lower") > 0, out());
        assertTrue(number("lower") < number("upper") && number("upper") < 1, out());
        assertEquals(ExitCode.FAILED, run(new FtaCommand(), false, Locale.ENGLISH, words));
        assertTrue(out().contains("bounds with guarantee"), out());
        assertEquals(1, out().lines().count());
    }

    @Test
    void anEstimateLiesBetweenTheBoundsAndComesAgainWithItsSeed() throws IOException {
        try (InputStream input = Files.newInputStream(entangled(40, 60))) {
            FaultTree tree =
                    new MefReader(MefLimits.STANDARD).read("t", input).tree().orElseThrow();
            FtaSolving solving =
                    new FtaSolving(
                            new Invocation(
                                    List.of(),
                                    new Console(new PrintStream(out)),
                                    new Console(new PrintStream(err)),
                                    Locale.ENGLISH,
                                    folder,
                                    false),
                            tree,
                            new SolveLimits(500, Duration.ofSeconds(60), 1),
                            0,
                            Optional.of(5L),
                            InstantSource.system(),
                            Watcher.patient());
            Map<String, Object> answer = solving.answer("top");
            SampledEstimate estimate = (SampledEstimate) answer.get("estimate");
            assertTrue(estimate.low() >= (double) answer.get("lower"), answer.toString());
            assertTrue(estimate.high() <= (double) answer.get("upper"), answer.toString());
            assertEquals(5, estimate.seed());
            assertEquals(estimate, solving.answer("top").get("estimate"));
        }
    }

    @Test
    void analyseSaysOfThePlatformWhatIsExactAndWhatIsNot() {
        Path file = folder.resolve("l.topology");
        assertTrue(new TopologyFiles().write(SyntheticLandscape.of(100, 3), file).isDone());
        String[] words = {file.toString(), "--at-least", "3", "--estimate", "4"};
        assertEquals(ExitCode.DONE, run(new AnalyseCommand(), false, Locale.ENGLISH, words));
        assertTrue(out().contains("Any service down: "), out());
        String line =
                out().lines().filter(it -> it.startsWith("At least 3 of ")).findFirst().orElse("");
        assertTrue(line.contains("exact") || line.contains("bounds with guarantee"), out());
        assertEquals(
                ExitCode.USAGE,
                run(
                        new AnalyseCommand(),
                        false,
                        Locale.ENGLISH,
                        file.toString(),
                        "--estimate",
                        "often"));
    }

    @Test
    void aNumberIsTheGivenOneWhenItsDigitsAre() {
        assertTrue(LandscapeBench.asGiven(6.4577849e-5, "6.45778e-05"));
        assertTrue(LandscapeBench.asGiven(0.0012, "0.00120"));
        assertFalse(LandscapeBench.asGiven(6.4577851e-5, "6.45778e-05"));
    }

    @Test
    void ftaRefusesWhatIsNoFaultTree() throws IOException {
        Path file = Files.writeString(folder.resolve("x.xml"), "<html/>");
        assertEquals(
                ExitCode.REFUSED, run(new FtaCommand(), true, Locale.ENGLISH, file.toString()));
        assertEquals("\"mef.other\"", json("code"));
        assertEquals(
                ExitCode.REFUSED,
                run(new FtaCommand(), true, Locale.ENGLISH, folder.resolve("no.xml").toString()));
        assertEquals("\"fta.unreadable\"", json("code"));
        assertEquals(ExitCode.USAGE, run(new FtaCommand(), false, Locale.ENGLISH, "--wrong"));
    }

    @Test
    void analyseTellsHowAvailableAServiceIsAndWhatALossDoes() {
        Topology topology = SyntheticLandscape.of(200, 3);
        Path file = folder.resolve("l.topology");
        assertTrue(new TopologyFiles().write(topology, file).isDone());
        String service = topology.getServices().getFirst().getName();
        String host = topology.getSites().getFirst().getHosts().getFirst().getName();
        assertEquals(
                ExitCode.DONE,
                run(
                        new AnalyseCommand(),
                        true,
                        Locale.ENGLISH,
                        file.toString(),
                        "--service",
                        service,
                        "--cut-sets",
                        "7",
                        "--what-if",
                        host,
                        "--uncertainty",
                        "200"));
        assertEquals(7, out().split("\"units\": \\[\\s+\"").length - 1);
        double normally = number("unavailability");
        assertTrue(normally > 1e-7 && normally < 1e-2);
        assertTrue(number("low") < normally);
        assertTrue(number("high") > normally);
        assertEquals(200, number("draws"));
        assertTrue(number("unavailabilityWhatIf") >= normally);
        assertEquals(
                ExitCode.DONE, run(new AnalyseCommand(), false, Locale.GERMAN, file.toString()));
        assertFalse(out().contains("!"), out());
        assertTrue(out().contains("Minuten im Jahr"));
    }

    @Test
    void analyseRefusesUnknownNames() {
        Path file = folder.resolve("l.topology");
        new TopologyFiles().write(SyntheticLandscape.of(100, 3), file);
        String path = file.toString();
        assertEquals(
                ExitCode.REFUSED,
                run(new AnalyseCommand(), true, Locale.ENGLISH, path, "--service", "nobody"));
        assertEquals("\"analysis.no-service\"", json("code"));
        assertEquals(
                ExitCode.REFUSED,
                run(new AnalyseCommand(), true, Locale.ENGLISH, path, "--what-if", "nothing"));
        assertEquals("\"analysis.no-element\"", json("code"));
    }

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        assertEquals(texts("messages.properties"), texts("messages_de.properties"));
    }

    private static TreeSet<String> texts(String file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        FtaCommand.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return new TreeSet<>(texts.stringPropertyNames());
    }
}
