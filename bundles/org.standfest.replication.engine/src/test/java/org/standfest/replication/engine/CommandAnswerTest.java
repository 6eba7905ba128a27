package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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

    @Test
    void whatIsTooLongForTheLineIsSaidAsFarAsItGoes() throws Exception {
        String output = "Das Gerät fehlt. ".repeat(400);
        List<String> sentences = List.of("a", output, output);
        Explanation why = Explanation.rendered("agent.bug", List.of(), sentences, sentences);
        InProcessLine line = new InProcessLine(Purpose.CONTROL, Locale.GERMAN);
        line.sender("standby").send(CommandAnswer.of(7, Outcome.failed(why)));
        Message.CommandResult answer =
                assertInstanceOf(
                        Message.CommandResult.class,
                        line.receiver(new Peer.Agent("agent", Set.of(), false)).receive());
        Explanation read = CommandAnswer.outcome(answer).problem().orElseThrow();
        for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            assertEquals("a", read.happened(language));
            assertTrue(output.startsWith(read.next(language)));
            assertTrue(read.next(language).length() > Limits.TEXT_BYTES / 2);
        }
    }

    private static Outcome<Map<String, String>> told(Outcome<Map<String, String>> outcome) {
        return CommandAnswer.outcome(CommandAnswer.of(7, outcome));
    }
}
