package org.standfest.probe.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.probe.Verdict.Answer;
import org.standfest.probe.network.PluginAnswer.Measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

class PluginProbeTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Path REAL = Path.of("/usr/lib/nagios/plugins");

    @TempDir Path folder;
    private PluginProbe probe;

    @BeforeEach
    void aFolderOfPlugins() {
        probe = new PluginProbe(List.of(folder));
    }

    private void plugin(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Verdict run(String line, Duration limit) {
        return probe.test(ProbeTarget.asking("127.0.0.1", 8080, line), limit);
    }

    private static void assertSays(Answer answer, String code, Verdict verdict) {
        assertEquals(code, verdict.reason().code(), verdict.reason().toString());
        assertEquals(answer, verdict.answer());
        assertFalse(verdict.reason().inFull(Locale.GERMAN).matches("(?s).*(!|\\{\\d).*"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, POSITIVE, plugin.ok",
        "1, POSITIVE, plugin.warning",
        "2, INCONCLUSIVE, plugin.critical",
        "3, INCONCLUSIVE, plugin.unknown",
        "4, INCONCLUSIVE, plugin.broken",
        "127, INCONCLUSIVE, plugin.broken"
    })
    void theExitCodeDecides(int exitCode, Answer answer, String code) throws IOException {
        plugin(
                "check_it",
                "echo \"SAYS fine | time=0.25s;1;2;0 'free space'=81%\"; exit " + exitCode);
        Verdict verdict = run("check_it {host} {port}", LIMIT);
        assertSays(answer, code, verdict);
        assertTrue(
                verdict.reason()
                        .happened(Locale.ENGLISH)
                        .contains("SAYS fine (time 0.25 s, free space 81 %)"),
                verdict.reason().happened(Locale.ENGLISH));
    }

    @Test
    void theTargetIsFilledInAndNoShellReadsTheLine() throws IOException {
        plugin("check_words", "for w in \"$@\"; do printf '<%s>' \"$w\"; done; exit 0");
        Verdict verdict = run("check_words -H {host} -p {port} \"two words\" $HOME ;id", LIMIT);
        assertTrue(
                verdict.reason()
                        .arguments()
                        .contains("<-H><127.0.0.1><-p><8080><two words><$HOME><;id>"),
                verdict.reason().arguments().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/bin/sh -c id", "../../bin/id", ".hidden", "a \"b", "-x"})
    void whatIsNotThePlainNameOfAPluginIsNotStarted(String line) {
        assertSays(Answer.INCONCLUSIVE, "plugin.line", run(line, LIMIT));
        assertTrue(probe.problem(ProbeTarget.asking("127.0.0.1", 1, line)).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check_it -H ledger.example.org -p 80",
                "check_it -H {host}",
                "check_it -p {port}"
            })
    void aLineThatNamesItsTargetItselfWouldProveAnotherMachine(String line) throws IOException {
        plugin("check_it", "exit 0");
        assertSays(Answer.INCONCLUSIVE, "plugin.elsewhere", run(line, LIMIT));
        ProbeTarget target = ProbeTarget.asking("127.0.0.1", 8080, line);
        assertEquals("plugin.elsewhere", probe.problem(target).orElseThrow().code());
        assertTrue(
                run(line, LIMIT).reason().inFull(Locale.ENGLISH).contains("-H {host} -p {port}"));
    }

    @Test
    void aMissingPluginIsKnownBeforeItIsNeeded() {
        ProbeTarget target = ProbeTarget.asking("127.0.0.1", 1, "check_nothing {host} {port}");
        assertEquals("plugin.missing", probe.problem(target).orElseThrow().code());
        assertSays(Answer.INCONCLUSIVE, "plugin.missing", probe.test(target, LIMIT));
    }

    @Test
    void aPluginThatHangsIsEndedWithEverythingItStarted() throws IOException {
        Path left = folder.resolve("left");
        plugin("check_hang", "(sleep 600; touch " + left + ") & echo $! > " + left + ".pid; wait");
        assertSays(
                Answer.INCONCLUSIVE,
                "plugin.late",
                run("check_hang {host} {port}", Duration.ofMillis(1500)));
        long pid = Long.parseLong(Files.readString(Path.of(left + ".pid")).strip());
        ProcessHandle.of(pid).ifPresent(child -> child.onExit().join());
        assertFalse(Files.exists(left));
    }

    @Test
    void aPluginThatTalksWithoutEndIsCutShort() throws IOException {
        plugin("check_flood", "head -c 3000000 /dev/zero | tr '\\0' x; exit 0");
        Verdict verdict = run("check_flood {host} {port}", LIMIT);
        assertSays(Answer.POSITIVE, "plugin.ok", verdict);
        assertTrue(verdict.reason().happened(Locale.ENGLISH).length() < 400);
    }

    @Test
    void performanceDataIsReadByNagiossRulesAndRubbishIsLeft() {
        assertEquals(
                List.of(
                        new Measure("time", "0.004", "s"),
                        new Measure("size", "-12", "B"),
                        new Measure("it's", "U", ""),
                        new Measure("load", "1.5", "")),
                PluginAnswer.read(
                                "\nOK: all | time=0.004s;;;0.0;10 size=-12B;5:;@3:4 'it''s'=U"
                                        + " load=1.5 broken=x later=1\nmore|lines=2")
                        .measures());
        assertEquals("OK: all", PluginAnswer.read("OK: all|").text());
        assertEquals("", PluginAnswer.read("").shown());
        assertEquals(32, PluginAnswer.read("x|" + "a=1 ".repeat(500)).measures().size());
    }

    @Test
    void realPluginsOfTheMonitoringPluginsProject() throws IOException {
        assumeTrue(
                Files.isExecutable(REAL.resolve("check_tcp")),
                "the Debian package monitoring-plugins-basic is not installed");
        PluginProbe real = new PluginProbe(List.of(REAL));
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            String line = "check_tcp -H {host} -p {port} -t 5";
            ProbeTarget target = ProbeTarget.asking("127.0.0.1", server.getLocalPort(), line);
            Verdict open = real.test(target, LIMIT);
            assertSays(Answer.POSITIVE, "plugin.ok", open);
            assertTrue(
                    open.reason().happened(Locale.ENGLISH).contains("(time 0."), open.toString());
            server.close();
            assertSays(Answer.INCONCLUSIVE, "plugin.critical", real.test(target, LIMIT));
        }
        for (String[] expected :
                new String[][] {
                    {"0", "plugin.ok"},
                    {"1", "plugin.warning"},
                    {"2", "plugin.critical"},
                    {"3", "plugin.unknown"}
                }) {
            String line = "check_dummy " + expected[0] + " {host}:{port}";
            Verdict verdict = real.test(ProbeTarget.asking("127.0.0.1", 1, line), LIMIT);
            assertEquals(expected[1], verdict.reason().code());
        }
    }
}
