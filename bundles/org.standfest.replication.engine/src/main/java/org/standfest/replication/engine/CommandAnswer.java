package org.standfest.replication.engine;

import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message.CommandResult;
import org.standfest.replication.protocol.Message.ResultKind;
import org.standfest.replication.protocol.WireWriter;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a command ended, as it goes over the line and as it comes out of it. What went wrong is said
 * in both languages: whoever reads it sits at neither end. Stateless.
 */
public final class CommandAnswer {

    private static final Explanation NONE = Explanation.rendered("", "", "", "");

    private CommandAnswer() {}

    /** The answer to a command. */
    public static CommandResult of(long id, Outcome<Map<String, String>> outcome) {
        Explanation why = outcome.problem().orElse(NONE);
        return new CommandResult(
                id,
                kind(outcome),
                why.code(),
                why.happened(Locale.ENGLISH),
                why.meaning(Locale.ENGLISH),
                why.next(Locale.ENGLISH),
                outcome.result().orElseGet(() -> german(why)));
    }

    private static Map<String, String> german(Explanation why) {
        Map<String, String> facts = new HashMap<>();
        facts.put(FactNames.GERMAN_HAPPENED, WireWriter.cut(why.happened(Locale.GERMAN)));
        facts.put(FactNames.GERMAN_MEANING, WireWriter.cut(why.meaning(Locale.GERMAN)));
        facts.put(FactNames.GERMAN_NEXT, WireWriter.cut(why.next(Locale.GERMAN)));
        return facts;
    }

    /** How an outcome is called on the line. */
    public static ResultKind kind(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> ResultKind.DONE;
            case Outcome.Refused<?> _ -> ResultKind.REFUSED;
            case Outcome.Failed<?> _ -> ResultKind.FAILED;
        };
    }

    /** What an answer says; what was not said in German stays English. */
    static Outcome<Map<String, String>> outcome(CommandResult answer) {
        Map<String, String> facts = answer.facts();
        List<String> english = List.of(answer.happened(), answer.meaning(), answer.next());
        List<String> german =
                List.of(
                        facts.getOrDefault(FactNames.GERMAN_HAPPENED, answer.happened()),
                        facts.getOrDefault(FactNames.GERMAN_MEANING, answer.meaning()),
                        facts.getOrDefault(FactNames.GERMAN_NEXT, answer.next()));
        Explanation why = Explanation.rendered(answer.code(), List.of(), english, german);
        return switch (answer.kind()) {
            case DONE -> Outcome.done(facts);
            case REFUSED -> Outcome.refused(why);
            case FAILED -> Outcome.failed(why);
        };
    }
}
