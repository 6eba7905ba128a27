package org.standfest.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.command.Console;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.management.BootProof;
import org.standfest.management.BootProofList;
import org.standfest.management.ChainView;
import org.standfest.management.JournalProof;
import org.standfest.management.ProofPicture;
import org.standfest.management.ReadinessCheck;
import org.standfest.management.ReadinessView;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.management.StandbyClient;
import org.standfest.management.WitnessReport.Light;
import org.standfest.management.rehearsed.RehearsedStandby;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code standfest recover} asks, says and returns, with a standby only in memory. */
class RecoverVerbsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");
    private static final Reason WHY =
            new Reason("x.y", "It happened.", "It means that.", "Do this.");

    @TempDir Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Object> asked = new ArrayList<>();
    private final Map<Class<?>, Outcome<?>> answers = new HashMap<>();
    private Locale language = Locale.ENGLISH;
    private boolean json;

    private int run(String... words) {
        out.reset();
        err.reset();
        StandbyClient standby = client(new RehearsedStandby(language, InstantSource.fixed(NOW)));
        return new RecoverCommand(_ -> Outcome.done(standby)).run(call(words));
    }

    private Invocation call(String... words) {
        return new Invocation(
                List.of(words),
                new Console(new PrintStream(out, true, StandardCharsets.UTF_8)),
                new Console(new PrintStream(err, true, StandardCharsets.UTF_8)),
                language,
                folder,
                json);
    }

    /** Answers with what was prepared, otherwise as the rehearsed standby does. */
    private StandbyClient client(StandbyClient rehearsed) {
        return (StandbyClient)
                Proxy.newProxyInstance(
                        StandbyClient.class.getClassLoader(),
                        new Class<?>[] {StandbyClient.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("ask")) {
                                asked.add(arguments[0]);
                                Outcome<?> answer = answers.get(arguments[0].getClass());
                                if (answer != null) {
                                    return answer;
                                }
                            }
                            try {
                                return method.invoke(rehearsed, arguments);
                            } catch (InvocationTargetException fault) {
                                throw fault.getCause();
                            }
                        });
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status ledger",
                "plan ledger",
                "plan ledger return",
                "check ledger",
                "verify ledger",
                "histories ledger",
                "journal",
                "journal --verify",
                "journal ledger",
                "forecast ledger",
                "window ledger",
                "chain",
                "model",
                "contacts",
                "releases"
            })
    void whatOnlyLooksSpeaksBothLanguagesAndJson(String words) {
        String[] typed = words.split(" ");
        int code = run(typed);
        String english = said();
        assertFalse(english.isBlank(), "something is said");
        assertEquals("", complained());
        language = Locale.GERMAN;
        assertEquals(code, run(typed));
        assertNotEquals(english, said(), "German is another language");
        json = true;
        assertEquals(code, run(typed));
        assertTrue(
                JsonParser.parseString(said()).isJsonObject()
                        || JsonParser.parseString(said()).isJsonArray(),
                said());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dance",
                "dance ledger",
                "activate",
                "activate ledger now",
                "plan ledger dance",
                "way ledger by boat twice",
                "return ledger",
                "return ledger --agent one --spare",
                "return ledger --agent one --disk a:b:c:d",
                "return ledger --agent one --from tomorrow",
                "window ledger --now --from 2026-11-22T06:00Z --until 2026-11-22T07:00Z",
                "chain db --stop",
                "chain db --at-once 65",
                "chain db:app@0",
                "model --set nonsense",
                "contacts --set nonsense",
                "status --no-such-option"
            })
    void whatDoesNotFitIsAUsageErrorAndAsksNothing(String words) {
        for (Locale each : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            language = each;
            assertEquals(
                    ExitCode.USAGE, run(words.isEmpty() ? new String[0] : words.split(" ")), words);
            assertEquals("", said());
            assertTrue(complained().contains("standfest recover"), complained());
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void anUnknownSystemIsRefusedByEveryVerbThatNamesOne() {
        for (String verb :
                List.of(
                        "status",
                        "check",
                        "plan",
                        "verify",
                        "histories",
                        "forecast",
                        "window",
                        "outage",
                        "activate",
                        "switch",
                        "rehearse",
                        "undo",
                        "unblock")) {
            assertEquals(ExitCode.REFUSED, run(verb, "no-such"), verb);
            assertEquals("", said(), verb);
            assertTrue(complained().contains("no-such"), complained());
        }
    }

    @Test
    void whatIsNotReadyIsAFindingWithWhatToDo() {
        answers.put(
                RecoveryCall.CheckReady.class,
                Outcome.done(
                        new ReadinessView(
                                "ledger",
                                NOW,
                                false,
                                List.of(new ReadinessCheck("point", Light.RED, WHY)))));
        assertEquals(ExitCode.REFUSED, run("check", "ledger"));
        assertTrue(said().startsWith("not ready"), said());
        for (String part : List.of("bad", "It happened.", "It means that.", "Do this.")) {
            assertTrue(said().contains(part), said());
        }
        json = true;
        assertEquals(ExitCode.REFUSED, run("check", "ledger"));
        assertFalse(
                JsonParser.parseString(said()).getAsJsonObject().get("ready").getAsBoolean(),
                said());
    }

    @Test
    void aJournalThatIsBrokenIsAFinding() {
        answers.put(
                RecoveryCall.ProveJournal.class,
                Outcome.done(new JournalProof(7, "abc", Optional.of(WHY))));
        assertEquals(ExitCode.REFUSED, run("journal", "--verify"));
        assertTrue(said().contains("It happened."), said());
        answers.put(
                RecoveryCall.ProveJournal.class,
                Outcome.done(new JournalProof(7, "abc", Optional.empty())));
        assertEquals(ExitCode.DONE, run("journal", "--verify"));
        assertTrue(said().contains("7 entries, the last hash is abc"), said());
    }

    private static BootProof proof(boolean proved) {
        return new BootProof(
                "p-1",
                "point-1",
                NOW,
                NOW,
                proved,
                41_000,
                true,
                proved ? Optional.empty() : Optional.of(WHY));
    }

    @Test
    void aProofIsShownWithItsPictureAndAFailedOneOrNoneIsAFinding() throws IOException {
        byte[] png = {1, 2, 3};
        answers.put(
                RecoveryCall.BootProofs.class,
                Outcome.done(new BootProofList("ledger", List.of(proof(true)))));
        answers.put(
                RecoveryCall.ShowProof.class,
                Outcome.done(
                        new ProofPicture(
                                proof(true), Base64.getEncoder().encodeToString(png), "login:")));
        Path file = folder.resolve("console.png");
        assertEquals(ExitCode.DONE, run("verify", "ledger", "--picture", file.toString()));
        assertArrayEquals(png, Files.readAllBytes(file));
        assertEquals(new RecoveryCall.ShowProof("ledger", "p-1"), asked.getLast());
        assertEquals(
                ExitCode.FAILED,
                run("verify", "ledger", "--picture", folder.resolve("no/such.png").toString()));
        assertTrue(complained().contains("such.png"), complained());
        answers.put(
                RecoveryCall.BootProofs.class,
                Outcome.done(new BootProofList("ledger", List.of(proof(false), proof(true)))));
        assertEquals(ExitCode.REFUSED, run("verify", "ledger"), "the newest one counts");
        answers.put(
                RecoveryCall.BootProofs.class,
                Outcome.done(new BootProofList("ledger", List.of())));
        assertEquals(ExitCode.REFUSED, run("verify", "ledger"));
        assertTrue(said().contains("standfest recover rehearse"), said());
    }

    private static Outcome<ChainView> chain(String second) {
        return Outcome.done(
                new ChainView(
                        "c",
                        "anna",
                        NOW,
                        2,
                        true,
                        List.of(
                                member("db", "SERVES", List.of()),
                                member("app", second, List.of("db")))));
    }

    private static ChainView.Member member(String id, String state, List<String> after) {
        return new ChainView.Member(id, 5, after, state, Optional.empty(), Optional.empty());
    }

    @Test
    void aChainIsAskedAsTypedAndDoneOnlyWhenAllServe() {
        answers.put(RecoveryCall.StartChain.class, chain("SERVES"));
        assertEquals(
                ExitCode.DONE,
                run("chain", "db@1", "app:db", "--at-once", "2", "--confirm", "gone.unsure"));
        RecoveryCall.StartChain start = (RecoveryCall.StartChain) asked.getLast();
        assertEquals(2, start.atOnce());
        assertEquals(List.of("gone.unsure"), start.confirmed());
        assertEquals(List.of("db"), start.members().getLast().after());
        assertEquals(1, start.members().getFirst().priority());
        assertEquals(2, said().lines().count(), said());
        answers.put(RecoveryCall.StartChain.class, chain("FAILED"));
        assertEquals(ExitCode.REFUSED, run("chain", "db", "app:db"));
        answers.put(RecoveryCall.ShowChain.class, chain("FAILED"));
        assertEquals(ExitCode.DONE, run("chain"), "to look is no finding");
        assertEquals(ExitCode.DONE, run("chain", "--stop"));
        assertEquals(new RecoveryCall.StopChain(), asked.getLast());
    }

    @Test
    void aWindowIsChosenOrTakenAwayAndAReturnIsFollowedToItsEnd() {
        assertEquals(
                ExitCode.DONE,
                run(
                        "window",
                        "ledger",
                        "--from",
                        "2026-11-22T06:00Z",
                        "--until",
                        "2026-11-22T07:00Z"));
        RecoveryCall.ChangeWindow chosen = (RecoveryCall.ChangeWindow) asked.getLast();
        assertEquals(Instant.parse("2026-11-22T06:00:00Z"), chosen.window().orElseThrow().from());
        assertEquals(ExitCode.DONE, run("window", "ledger", "--now"));
        assertEquals(new RecoveryCall.ChangeWindow("ledger", Optional.empty()), asked.getLast());
    }

    @Test
    void aStandbyThatDoesNotAnswerIsSaidWithWhatToDo() {
        Explanation away = Explanation.rendered("x.y", "It is away.", "It means.", "Wait.");
        for (Outcome<StandbyClient> none :
                List.<Outcome<StandbyClient>>of(Outcome.refused(away), Outcome.failed(away))) {
            err.reset();
            int code = new RecoverCommand(_ -> none).run(call("status"));
            assertEquals(ExitCode.of(none), code);
            assertTrue(complained().contains("It is away."), complained());
            assertTrue(complained().contains("Wait."), complained());
        }
    }
}
