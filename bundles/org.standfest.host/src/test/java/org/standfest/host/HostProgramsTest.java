package org.standfest.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.host.ProgramRunner.Result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** With real processes. */
class HostProgramsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir Path folder;

    private Result shell(String line, Duration limit) throws IOException, InterruptedException {
        return new HostPrograms(folder).run(List.of("sh", "-c", line), limit);
    }

    @Test
    void tellsExitCodeAndBothOutputs() throws Exception {
        Result result = shell("echo one; echo two >&2; echo; exit 7", LONG);
        assertEquals(new Result(7, "one\ntwo\n\n"), result);
        assertFalse(result.succeeded());
        assertEquals("two", result.lastLine());
        assertEquals("exit code 0", shell("true", LONG).lastLine());
    }

    @Test
    void programsBeginInTheFolderSpeakEnglishAndFindNoInput() throws Exception {
        HostPrograms programs = new HostPrograms(folder);
        Result result =
                programs.run(
                        List.of("sh", "-c", "pwd -P; echo $LC_ALL $LANGUAGE $MORE; cat"),
                        Map.of("MORE", "more"),
                        LONG);
        assertEquals(folder.toRealPath() + "\nC.UTF-8 more\n", result.output());
        assertEquals("/\n", new HostPrograms().run(List.of("pwd"), LONG).output());
    }

    @Test
    void aProgramThatHangsIsEndedWithEverythingItStarted() throws Exception {
        Result result = shell("sleep 60 & echo $!; sh -c 'sleep 61 & echo $!; wait'", SHORT);
        assertEquals(Result.LATE, result.exitCode());
        List<String> children = result.output().lines().toList();
        assertEquals(2, children.size(), "told before the end: " + children);
        for (String child : children) {
            ProcessHandle.of(Long.parseLong(child)).ifPresent(left -> left.onExit().join());
        }
    }

    @Test
    void whatAProgramLeavesRunningIsNotWaitedForLong() throws Exception {
        Result result = shell("sleep 60 & echo $!", LONG);
        assertTrue(result.succeeded());
        long left = Long.parseLong(result.output().strip());
        assertTrue(ProcessHandle.of(left).orElseThrow().destroyForcibly(), "it lives on");
    }

    @Test
    void keepsTheBeginningOfALongOutputAndReadsTheRest() throws Exception {
        Result result = shell("head -c 1000000 /dev/zero | tr '\\0' x; exit 3", LONG);
        assertEquals(3, result.exitCode(), "it was not stopped by a full pipe");
        assertEquals("x".repeat(HostPrograms.OUTPUT_LIMIT_BYTES), result.output());
        Result little =
                new HostPrograms(folder, 3, StandardCharsets.UTF_8)
                        .run(List.of("echo", "abcdef"), LONG);
        assertEquals("abc", little.output());
    }

    @Test
    void lettersOfSeveralBytesSurviveTheBordersOfReading() throws Exception {
        Path text = folder.resolve("text");
        Files.writeString(text, "x" + "ü".repeat(20_000));
        assertEquals(Files.readString(text), shell("cat text", LONG).output());
    }

    @Test
    void whatIsNotThereOrInterruptedIsAnException() {
        assertThrows(
                IOException.class, () -> new HostPrograms().run(List.of("/no/such/program"), LONG));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> shell("sleep 60", LONG));
    }

    @Test
    void findsAdministratorsProgramsToo() {
        assertTrue(Files.isExecutable(HostPrograms.locate("sh").orElseThrow()));
        assertTrue(HostPrograms.locate("no-such-program-anywhere").isEmpty());
    }
}
