package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.standfest.replication.protocol.Message;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.List;
import java.util.Locale;
import java.util.Map;

class CommandAnswerTest {

    @Test
    void whoeverReadsWhatWentWrongReadsItInHerOwnLanguage() {
        Explanation why = Faults.TEXTS.explain("engine.agent-lost", "agent-townhall");
        Outcome<Map<String, String>> told = told(Outcome.failed(why));
        assertInstanceOf(Outcome.Failed.class, told);
        Explanation read = told.problem().orElseThrow();
        assertEquals("engine.agent-lost", read.code());
        assertEquals(why.sentences(Locale.ENGLISH), read.sentences(Locale.ENGLISH));
        assertEquals(why.sentences(Locale.GERMAN), read.sentences(Locale.GERMAN));
    }

    @Test
    void whatIsNotSaidInGermanIsReadInEnglish() {
        Explanation read =
                CommandAnswer.outcome(
                                new Message.CommandResult(
                                        1,
                                        Message.ResultKind.REFUSED,
                                        "agent.busy",
                                        "a",
                                        "b",
                                        "c",
                                        Map.of()))
                        .problem()
                        .orElseThrow();
        assertEquals(List.of("a", "b", "c"), read.sentences(Locale.GERMAN));
    }

    @Test
    void whatWasDoneBringsItsFacts() {
        assertEquals(
                Map.of("bytesOnWire", "7"),
                told(Outcome.done(Map.of("bytesOnWire", "7"))).orThrow());
    }

    private static Outcome<Map<String, String>> told(Outcome<Map<String, String>> outcome) {
        return CommandAnswer.outcome(CommandAnswer.of(7, outcome));
    }
}
