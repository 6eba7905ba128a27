package org.standfest.replication.snapshots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.host.HostPrograms;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.Freezer.Hold;
import org.standfest.replication.source.SourceFacts;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** With real scripts in real processes. */
class ScriptFreezerTest {

    @TempDir Path folder;

    private Freezer freezer() {
        return new ScriptFreezer(
                folder.resolve("notes"), new HostPrograms(), InstantSource.system());
    }

    private String script(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    /** A script that writes its phase and system behind what is in the log already. */
    private String logging(String name, String more) throws IOException {
        return script(
                name,
                "echo \"$STANDFEST_PHASE $STANDFEST_SYSTEM $*\" >> " + folder + "/log\n" + more);
    }

    private List<String> log() throws IOException {
        Path log = folder.resolve("log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private static VolumeSource volume(String name, Map<String, String> options) {
        return new VolumeSource(name, VolumeKind.DISK, "file", "/x", options);
    }

    private static VolumeSource volume(String freeze, String thaw) {
        return volume("v", Map.of(VolumeSource.FREEZE, freeze, VolumeSource.THAW, thaw));
    }

    @Test
    void freezesBeforeAndThawsOnce() throws IOException {
        VolumeSource volume =
                volume(logging("f", "echo at rest") + " \"two words\"", logging("t", ""));
        Hold hold = freezer().freeze("shop", List.of(volume)).orThrow();
        assertTrue(hold.applications());
        assertEquals(List.of("freeze shop two words"), log());
        Map<String, String> facts = hold.thaw();
        assertEquals(Map.of(), hold.thaw());
        hold.close();
        assertEquals(List.of("freeze shop two words", "thaw shop "), log());
        assertTrue(facts.get(SourceFacts.FREEZE_OUTPUT).contains("exit code 0 at rest"));
        assertTrue(Long.parseLong(facts.get(SourceFacts.FROZEN_MILLIS)) >= 0);
        assertFalse(facts.containsKey(SourceFacts.THAW_PROBLEM));
    }

    @Test
    void aScriptOfSeveralVolumesRunsOnceAndThawingGoesBackwards() throws IOException {
        String both = logging("both", "");
        VolumeSource one =
                volume(
                        "a",
                        Map.of(VolumeSource.FREEZE, both + " db", VolumeSource.THAW, both + " db"));
        VolumeSource two =
                volume(
                        "b",
                        Map.of(
                                VolumeSource.FREEZE,
                                both + " web",
                                VolumeSource.THAW,
                                both + " web"));
        freezer().freeze("s", List.of(one, two, one)).orThrow().thaw();
        assertEquals(List.of("freeze s db", "freeze s web", "thaw s web", "thaw s db"), log());
    }

    @Test
    void thawsAfterAFreezeThatFailedAndTellsItsWords() throws IOException {
        VolumeSource volume = volume(logging("f", "echo no disk; exit 7"), logging("t", ""));
        Outcome<Hold> outcome = freezer().freeze("s", List.of(volume));
        var why = assertInstanceOf(Outcome.Failed.class, outcome).explanation();
        assertEquals("snapshots.freeze-failed", why.code());
        assertEquals("7", why.arguments().get(1));
        assertEquals("no disk", why.arguments().get(2));
        assertEquals(List.of("freeze s ", "thaw s "), log());
    }

    @Test
    void endsAScriptAtItsLimitWithEverythingItStarted() throws IOException {
        String slow = logging("f", "sleep 300 & echo $! > " + folder + "/child; wait");
        VolumeSource volume =
                volume(
                        "v",
                        Map.of(
                                VolumeSource.FREEZE,
                                slow,
                                VolumeSource.FREEZE_SECONDS,
                                "1",
                                VolumeSource.THAW,
                                logging("t", "")));
        Outcome<Hold> outcome = freezer().freeze("s", List.of(volume));
        assertEquals("snapshots.freeze-late", outcome.problem().orElseThrow().code());
        assertEquals(List.of("freeze s ", "thaw s "), log());
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        ProcessHandle.of(child).ifPresent(left -> left.onExit().join());
    }

    @Test
    void thawsAtTheNextStartWhatAKilledAgentLeft() throws IOException {
        VolumeSource volume = volume(logging("f", ""), logging("t", ""));
        freezer().freeze("s", List.of(volume)).orThrow();
        // Killed here: nobody thaws. The next process has another object.
        assertTrue(freezer().thawLeftOvers().isDone());
        assertEquals(List.of("freeze s ", "thaw s "), log());
        assertTrue(freezer().thawLeftOvers().isDone());
        assertEquals(2, log().size());
    }

    @Test
    void aThawThatFailsIsToldAndTriedAgain() throws IOException {
        Path broken = folder.resolve("broken");
        Files.createFile(broken);
        String thaw = logging("t", "test ! -e " + broken);
        VolumeSource volume = volume(logging("f", ""), thaw);
        Map<String, String> facts = freezer().freeze("s", List.of(volume)).orThrow().thaw();
        assertTrue(facts.get(SourceFacts.THAW_PROBLEM).contains("exit code 1"));
        Outcome<Void> still = freezer().thawLeftOvers();
        assertEquals("snapshots.still-held", still.problem().orElseThrow().code());
        Outcome<Hold> next = freezer().freeze("s", List.of(volume));
        assertFalse(next.isDone(), "nothing is frozen on top of what is held");
        Files.delete(broken);
        freezer().freeze("s", List.of(volume)).orThrow().thaw();
        assertTrue(freezer().thawLeftOvers().isDone());
        assertEquals("thaw s ", log().getLast());
    }

    @Test
    void thawsAlsoWhenTheSessionWasInterrupted() throws IOException {
        VolumeSource volume = volume(logging("f", ""), logging("t", ""));
        Hold hold = freezer().freeze("s", List.of(volume)).orThrow();
        Thread.currentThread().interrupt();
        hold.thaw();
        assertTrue(Thread.interrupted(), "the interrupt is not lost");
        assertEquals("thaw s ", log().getLast());
    }

    @Test
    void refusesWhatIsNoScript() {
        for (Map<String, String> wrong :
                List.of(
                        Map.of(VolumeSource.FREEZE, "\"open"),
                        Map.of(VolumeSource.FREEZE, "/x", VolumeSource.FREEZE_SECONDS, "0"),
                        Map.of(VolumeSource.THAW, "/x", VolumeSource.THAW_SECONDS, "9999"))) {
            assertInstanceOf(
                    Outcome.Refused.class, freezer().freeze("s", List.of(volume("v", wrong))));
        }
        assertEquals(
                "snapshots.script-not-started",
                freezer()
                        .freeze("s", List.of(volume("/no/such/program", "")))
                        .problem()
                        .orElseThrow()
                        .code());
    }

    @Test
    void aSystemWithoutScriptsIsNotHeld() {
        Hold hold = freezer().freeze("s", List.of(volume("v", Map.of()))).orThrow();
        assertFalse(hold.applications());
        assertFalse(Files.exists(folder.resolve("notes")));
    }

    @Test
    void damagedNotesAreToldAndNotRun() throws IOException {
        Files.createDirectories(folder.resolve("notes"));
        Files.writeString(folder.resolve("notes/s.frozen"), "rm -rf everything");
        assertFalse(freezer().thawLeftOvers().isDone());
        assertThrows(IllegalArgumentException.class, () -> Script.ofLine("30 %%%"));
        assertEquals(
                new Script(List.of("/a b", "c,d"), java.time.Duration.ofSeconds(5)),
                Script.ofLine(
                        new Script(List.of("/a b", "c,d"), java.time.Duration.ofSeconds(5))
                                .toLine()));
    }
}
