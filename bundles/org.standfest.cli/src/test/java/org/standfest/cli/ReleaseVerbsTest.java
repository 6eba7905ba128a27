package org.standfest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.command.Console;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.management.Action;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReleaseList;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.ReleaseRequest.State;
import org.standfest.management.StandbyClient;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class ReleaseVerbsTest {

    private static final Instant ASKED = Instant.parse("2026-11-22T05:00:00Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Object> asked = new ArrayList<>();
    private Outcome<?> answer = Outcome.done(new ReleaseList(List.of()));

    private Invocation call(Locale locale, boolean json) {
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Invocation(List.of(), console, console, locale, Path.of("none"), json);
    }

    /** Answers any call with what was prepared. */
    private StandbyClient client() {
        return (StandbyClient)
                Proxy.newProxyInstance(
                        StandbyClient.class.getClassLoader(),
                        new Class<?>[] {StandbyClient.class},
                        (_, method, arguments) -> {
                            assertEquals("ask", method.getName());
                            asked.add(arguments[0]);
                            return answer;
                        });
    }

    private static ReleaseRequest request(State state, String decidedBy) {
        return new ReleaseRequest(
                "rel-1",
                "ledger",
                Optional.of(Action.UNBLOCK),
                "anna",
                ASKED,
                ASKED.plusSeconds(3_600),
                state,
                decidedBy,
                "",
                false,
                new Reason("x", "Anna asks for it.", "It means that.", "Decide."));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theListSaysWhatWaitsUntilWhenAndThatNothingDoes() {
        assertEquals(ExitCode.DONE, ReleaseVerbs.list(call(Locale.GERMAN, false), client()));
        String nothing = said();
        assertTrue(!nothing.isBlank(), "an empty list is said");
        answer = Outcome.done(new ReleaseList(List.of(request(State.WAITING, ""))));
        out.reset();
        assertEquals(ExitCode.DONE, ReleaseVerbs.list(call(Locale.GERMAN, false), client()));
        assertTrue(said().startsWith("rel-1"), said());
        assertTrue(said().contains(State.WAITING.text(Locale.GERMAN)), said());
        assertTrue(said().contains("Anna asks for it."), said());
        assertEquals(3, said().lines().count(), "with the instant until which it waits");
    }

    @Test
    void theListIsThereForPrograms() {
        answer = Outcome.done(new ReleaseList(List.of(request(State.WAITING, ""))));
        assertEquals(ExitCode.DONE, ReleaseVerbs.list(call(Locale.ENGLISH, true), client()));
        assertTrue(said().contains("\"id\": \"rel-1\""), said());
        assertTrue(said().contains("\"WAITING\""), said());
    }

    @Test
    void whoDeniesOrReleasesIsNamedAndWhatUnblocksIsNotFollowed() {
        answer = Outcome.done(request(State.DENIED, "bert"));
        assertEquals(
                ExitCode.DONE, ReleaseVerbs.deny(call(Locale.ENGLISH, false), client(), "rel-1"));
        answer = Outcome.done(request(State.GIVEN, "bert"));
        assertEquals(
                ExitCode.DONE, ReleaseVerbs.give(call(Locale.ENGLISH, false), client(), "rel-1"));
        assertEquals(
                List.of(
                        new RecoveryCall.DenyRelease("rel-1"),
                        new RecoveryCall.GiveRelease("rel-1")),
                asked);
        assertEquals(2, said().lines().filter(line -> line.contains("bert")).count(), said());
    }

    @Test
    void aRefusalIsOneAndSaysWhy() {
        answer =
                Outcome.refused(
                        Explanation.rendered("x.y", "You asked.", "It waits.", "Ask Bert."));
        assertEquals(
                ExitCode.REFUSED,
                ReleaseVerbs.give(call(Locale.ENGLISH, false), client(), "rel-1"));
        for (String part : List.of("You asked.", "It waits.", "Ask Bert.")) {
            assertTrue(said().contains(part), said());
        }
    }
}
