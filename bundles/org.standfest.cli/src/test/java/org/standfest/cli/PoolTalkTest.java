package org.standfest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;
import org.standfest.command.Arguments;
import org.standfest.command.Console;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.management.rehearsed.RehearsedStandby;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the parts say about a standby that exists only in memory. */
class PoolTalkTest {

    private final RehearsedStandby standby =
            new RehearsedStandby(
                    Locale.ENGLISH, InstantSource.fixed(Instant.parse("2026-11-22T05:00:00Z")));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean json;
    private boolean terminal;

    private int run(PartedCommand verb, String... words) {
        out.reset();
        err.reset();
        Invocation call =
                new Invocation(
                        List.of(words),
                        new Console(new PrintStream(out, true, StandardCharsets.UTF_8)),
                        new Console(new PrintStream(err, true, StandardCharsets.UTF_8), terminal),
                        Locale.ENGLISH,
                        Path.of("."),
                        json);
        StandbyCommand.Form form = verb.form(call.arguments());
        Set<String> valued = new HashSet<>(form.valued());
        Arguments arguments = Arguments.read(call.arguments(), valued, form.flags());
        return verb.answer(call, arguments, question -> question.ask(standby));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonObject object() {
        return JsonParser.parseString(said()).getAsJsonObject();
    }

    @Test
    void theListIsAlignedAndHasUnits() {
        assertEquals(ExitCode.DONE, run(new PoolCommand(), "ls"));
        List<String> lines = said().lines().toList();
        int column = lines.get(0).indexOf("NEWEST");
        assertTrue(column > 0);
        assertTrue(lines.get(1).startsWith("directory"));
        assertTrue(lines.get(1).contains("30.0 GiB"));
        assertEquals(
                lines.get(1).indexOf("30.0 GiB") + 8,
                lines.get(0).indexOf("NEWEST POINT") + 12,
                "numbers end where their head ends");
        assertTrue(lines.getLast().contains("sessions are refused below"));
    }

    @Test
    void jsonHasTheDocumentedMembers() {
        json = true;
        assertEquals(ExitCode.DONE, run(new PoolCommand(), "show", "ledger"));
        JsonObject care = object();
        assertEquals("ledger", care.getAsJsonObject("space").get("system_id").getAsString());
        JsonArray points = care.getAsJsonArray("points");
        assertEquals(5, points.get(0).getAsJsonObject().get("number").getAsInt());
        assertTrue(points.get(0).getAsJsonObject().get("newest").getAsBoolean());
        assertTrue(care.getAsJsonObject("policy").has("retention"));
    }

    @Test
    void aLongWorkHasTheDocumentedMembers() throws IOException {
        String manual = Files.readString(VerbsTest.manual());
        int from = manual.indexOf("```json\n{\n  \"id\": \"task-") + "```json".length();
        JsonObject sample =
                JsonParser.parseString(manual.substring(from, manual.indexOf("```", from)))
                        .getAsJsonObject();
        json = true;
        for (String part : List.of("verify", "repair", "compare")) {
            assertEquals(ExitCode.DONE, run(new PoolCommand(), part, "ledger"));
            assertEquals(sample.keySet(), object().keySet(), part);
        }
        run(new PoolCommand(), "export", "ledger", "--to", "x");
        assertEquals(sample.keySet(), object().keySet());
        run(new PoolCommand(), "import", "/mnt/courier");
        assertEquals(sample.keySet(), object().keySet());
        assertEquals(ExitCode.DONE, run(new PoolCommand(), "tasks"));
        JsonArray works = object().getAsJsonArray("tasks");
        assertEquals(5, works.size());
        works.forEach(work -> assertEquals(sample.keySet(), work.getAsJsonObject().keySet()));
    }

    @Test
    void theWholePoolIsVerifiedWithoutASystem() {
        assertEquals(ExitCode.DONE, run(new PoolCommand(), "verify"));
        assertTrue(said().contains("Verification: done"), said());
        json = true;
        run(new PoolCommand(), "verify");
        assertEquals("", object().get("system_id").getAsString());
        assertEquals(ExitCode.USAGE, run(new PoolCommand(), "verify", "ledger", "mail"));
    }

    @Test
    void pruningIsADryRunUntilSomebodySaysYes() {
        json = true;
        run(new PoolCommand(), "prune", "ledger", "--retention", "last 1");
        assertTrue(object().get("dry_run").getAsBoolean());
        run(new PoolCommand(), "prune", "ledger", "--retention", "last 1", "--yes");
        assertFalse(object().get("dry_run").getAsBoolean());
    }

    @Test
    void aPolicyChangesOnlyWhatIsNamed() {
        assertEquals(
                ExitCode.DONE,
                run(
                        new PoolCommand(),
                        "policy",
                        "ledger",
                        "--retention",
                        "last 7, daily 7",
                        "--quota",
                        "1.5 TiB",
                        "--rpo",
                        "15min"));
        json = true;
        run(new PoolCommand(), "policy", "ledger", "--lock", "7d");
        JsonObject policy = object().getAsJsonObject("policy");
        assertEquals("last 7, daily 7", policy.get("retention").getAsString());
        assertEquals(3L << 39, policy.get("quota_bytes").getAsLong());
        assertEquals(900_000, policy.get("rpo_millis").getAsLong());
        assertEquals(604_800_000, policy.get("lock_millis").getAsLong());
        assertEquals(ExitCode.USAGE, run(new PoolCommand(), "policy", "ledger", "--quota", "much"));
    }

    @Test
    void aPinNeedsAReasonAndIsShown() {
        assertEquals(ExitCode.USAGE, run(new PoolCommand(), "pin", "ledger", "3"));
        assertEquals(
                ExitCode.DONE,
                run(new PoolCommand(), "pin", "ledger", "3", "--reason", "before the update"));
        assertTrue(said().contains("pinned (before the update)"));
        assertEquals(
                ExitCode.REFUSED, run(new PoolCommand(), "pin", "ledger", "99", "--reason", "x"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("Choose one"));
    }

    @Test
    void aLongWorkShowsItsProgressOnATerminalAndNothingInAPipe() {
        assertEquals(ExitCode.DONE, run(new PoolCommand(), "verify", "ledger"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertTrue(said().contains("Verification ledger: done"));
        terminal = true;
        run(new PoolCommand(), "verify", "ledger");
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("512.0 MiB of 1.0 GiB"));
        json = true;
        run(new PoolCommand(), "verify", "ledger");
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals("SUCCEEDED", object().get("state").getAsString());
    }

    @Test
    void anOpenAlarmIsAFindingUntilAPersonSettlesItWithAReason() {
        assertEquals(ExitCode.REFUSED, run(new AlarmsCommand(), "ls"));
        assertTrue(said().contains("ALARM"));
        assertEquals(ExitCode.USAGE, run(new AlarmsCommand(), "acknowledge", "rehearsed-alarm-1"));
        assertEquals(
                ExitCode.DONE,
                run(
                        new AlarmsCommand(),
                        "acknowledge",
                        "rehearsed-alarm-1",
                        "--reason",
                        "an update"));
        assertEquals(ExitCode.DONE, run(new AlarmsCommand(), "ls"));
        assertTrue(said().contains("No alarm"));
        run(new AlarmsCommand(), "ls", "--all");
        assertTrue(said().contains("an update"));
    }

    @Test
    void everyPartThatOnlyLooksAnswersInWordsAndInJson() {
        for (boolean wish : new boolean[] {false, true}) {
            json = wish;
            assertEquals(ExitCode.DONE, run(new PoolCommand(), "ls"));
            assertEquals(ExitCode.DONE, run(new PoolCommand(), "show", "ledger"));
            assertEquals(ExitCode.DONE, run(new PoolCommand(), "scrub"));
            assertEquals(ExitCode.DONE, run(new PoolCommand(), "tasks"));
            assertEquals(ExitCode.DONE, run(new PoolCommand(), "forecast", "ledger"));
            assertEquals(ExitCode.DONE, run(new PoolCommand(), "mount-hint", "ledger"));
            assertEquals(ExitCode.DONE, run(new ScheduleCommand(), "show", "ledger"));
            assertEquals(ExitCode.DONE, run(new GroupsCommand(), "define", "g", "ledger"));
            assertEquals(ExitCode.DONE, run(new GroupsCommand(), "ls"));
            assertEquals(ExitCode.DONE, run(new PeersCommand(), "ls"));
            assertFalse(said().contains("!"), this::said);
        }
    }

    @Test
    void amountsAreReadAsPeopleTypeThem() {
        assertEquals(20_000_000, Amounts.bytes("20MB").orElseThrow());
        assertEquals(1L << 30, Amounts.bytes("1 GiB").orElseThrow());
        assertEquals(0, Amounts.bytes("none").orElseThrow());
        assertTrue(Amounts.bytes("1 GiBi").isEmpty());
        assertTrue(Amounts.bytes("999999999999 TiB").isEmpty());
        assertEquals(604_800_000, Amounts.millis("1w").orElseThrow());
        assertTrue(Amounts.millis("soon").isEmpty());
        assertTrue(Amounts.number("0").isEmpty());
    }
}
