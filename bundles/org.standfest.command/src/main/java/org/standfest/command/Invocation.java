package org.standfest.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One call of the command line.
 *
 * @param arguments the words behind the verb, without {@code --json}
 * @param out where the answer goes
 * @param err where faults and progress go
 * @param locale the caller's language
 * @param workFolder where work files go ({@code STANDFEST_HOME})
 * @param json whether the caller wants JSON on {@code out} instead of sentences
 */
public record Invocation(
        List<String> arguments,
        Console out,
        Console err,
        Locale locale,
        Path workFolder,
        boolean json) {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** Copies the words. */
    public Invocation {
        arguments = List.copyOf(arguments);
    }

    /** Writes a value as JSON: records, maps, lists, strings, numbers. */
    public void printJson(Object value) {
        out.println(GSON.toJson(value));
    }

    /**
     * Says on {@code err} (or as JSON on {@code out}) why something did not happen, and answers the
     * exit code.
     */
    public int report(Outcome<?> outcome) {
        outcome.problem().ifPresent(this::explain);
        return ExitCode.of(outcome);
    }

    /** Tells a usage error and how the verb is called. */
    public int usage(Explanation what, String usage) {
        explain(what);
        err.println(usage);
        return ExitCode.USAGE;
    }

    private void explain(Explanation why) {
        if (json) {
            // One order, always: people read it, and programs compare it.
            Map<String, String> told = new LinkedHashMap<>();
            told.put("code", why.code());
            told.put("happened", why.happened(locale));
            told.put("meaning", why.meaning(locale));
            told.put("next", why.next(locale));
            printJson(told);
        } else {
            err.println(why.happened(locale));
            err.println(why.meaning(locale));
            err.println(why.next(locale));
            err.println("[" + why.code() + "]");
        }
    }
}
