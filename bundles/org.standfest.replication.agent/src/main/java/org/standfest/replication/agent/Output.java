package org.standfest.replication.agent;

import org.standfest.replication.engine.CommandAnswer;
import org.standfest.replication.protocol.FactNames;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the agent says to people, or as one JSON object a line. Safe for any thread. */
final class Output implements AgentListener {

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int USAGE = 2;
    private static final int FAILED = 3;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final Locale language;
    private final String verb;

    /**
     * @param verb what was typed, or what help is wanted for; empty for all
     */
    Output(PrintStream out, PrintStream err, boolean json, Locale language, String verb) {
        this.verb = verb;
        this.out = out;
        this.err = err;
        this.json = json;
        this.language = language;
    }

    int done(String key, Object... arguments) {
        line(key, Map.of(), arguments);
        return DONE;
    }

    /** Says what became of something, and its exit code. */
    int code(Outcome<?> outcome, String key, Object... arguments) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> done(key, arguments);
            case Outcome.Refused<?>(Explanation why) -> problem(REFUSED, "refused", why);
            case Outcome.Failed<?>(Explanation why, Throwable _) -> problem(FAILED, "failed", why);
        };
    }

    /** Says what a piece of work found out. */
    int facts(String what, String systemId, Outcome<Map<String, String>> outcome) {
        if (outcome instanceof Outcome.Done<Map<String, String>>(Map<String, String> facts)) {
            Map<String, String> more = new LinkedHashMap<>();
            more.put("what", what);
            more.put("system", systemId);
            more.putAll(new TreeMap<>(facts));
            line("ended", more, systemId, what, figures(more));
            return DONE;
        }
        return code(outcome, "");
    }

    /**
     * A table: in JSON an array under a name, otherwise a line of text each.
     *
     * @param rows what JSON says
     * @param told what people are told, by the names in the order
     */
    synchronized void rows(
            String name,
            String key,
            List<Map<String, String>> rows,
            List<Map<String, String>> told,
            List<String> order) {
        if (json) {
            List<String> objects = rows.stream().map(Json::object).toList();
            out.println("{\"" + name + "\":[" + String.join(",", objects) + "]}");
            return;
        }
        for (Map<String, String> row : told) {
            out.println(text(key, order.stream().map(one -> row.getOrDefault(one, "-")).toArray()));
        }
    }

    private synchronized void line(String event, Map<String, String> more, Object... arguments) {
        if (json) {
            Map<String, String> object = new LinkedHashMap<>();
            object.put("event", event);
            object.put("text", text(event, arguments));
            object.putAll(more);
            out.println(Json.object(object));
        } else {
            out.println(text(event, arguments));
        }
        out.flush();
    }

    private String text(String key, Object... arguments) {
        return AgentHome.TEXTS.text(language, "say." + key, arguments);
    }

    synchronized int problem(int code, String kind, Explanation why) {
        if (json) {
            Map<String, String> object = new LinkedHashMap<>();
            object.put("event", kind);
            object.put("code", why.code());
            object.put("happened", why.happened(language));
            object.put("meaning", why.meaning(language));
            object.put("next", why.next(language));
            out.println(Json.object(object));
        } else {
            err.println(why.inFull(language));
        }
        return code;
    }

    int usage(String what) {
        problem(USAGE, "usage", AgentHome.TEXTS.explain("agent.usage", what));
        err.println(Words.verbs().contains(verb) ? text("help-" + verb) : overview());
        return USAGE;
    }

    int help() {
        out.println(Words.verbs().contains(verb) ? text("help-" + verb) : overview());
        return DONE;
    }

    private String overview() {
        StringBuilder all = new StringBuilder(text("help"));
        Words.verbs().forEach(one -> all.append('\n').append(text("help-" + one).indent(2)));
        return all.toString().stripTrailing() + '\n' + text("help-end");
    }

    /** Something a person should look at, beside the answer. */
    void complain(Explanation why) {
        err.println(why.inFull(language));
    }

    void status(String id, String standby, List<Map<String, String>> systems) {
        if (json) {
            List<String> rows = new ArrayList<>();
            systems.forEach(row -> rows.add(Json.object(row)));
            out.println(
                    "{\"agent\":"
                            + Json.text(id)
                            + ",\"standby\":"
                            + Json.text(standby)
                            + ",\"systems\":["
                            + String.join(",", rows)
                            + "]}");
            return;
        }
        out.println(id.isEmpty() ? text("status-stranger") : text("status-agent", id, standby));
        for (Map<String, String> row : systems) {
            out.println(
                    text(
                            "status-system",
                            row.get("system"),
                            row.getOrDefault(FactNames.POINT, "-"),
                            row.getOrDefault(FactNames.RESULT, "-"),
                            row.getOrDefault(FactNames.BLOCKS_SENT, "-"),
                            row.getOrDefault(FactNames.BYTES_ON_WIRE, "-")));
            if (row.containsKey(FactNames.WAITS_BEHIND)) {
                out.println(
                        text(
                                "status-waiting",
                                row.get("system"),
                                row.get("running"),
                                row.get(FactNames.WAITS_BEHIND)));
            } else if (row.containsKey("running")) {
                out.println(
                        text(
                                "status-running",
                                row.get("system"),
                                row.get("running"),
                                row.getOrDefault("progressDone", "0"),
                                row.getOrDefault("progressTotal", "-"),
                                row.getOrDefault("progressBytesPerSecond", "-"),
                                row.getOrDefault("remainingSeconds", "-")));
            }
        }
    }

    @Override
    public void connected(String host, int port) {
        line("connected", Map.of(), host, Integer.toString(port));
    }

    @Override
    public void disconnected(Explanation why) {
        line("disconnected", Map.of("code", why.code()), why.inFull(language));
    }

    @Override
    public void systems(int count) {
        line("systems", Map.of("count", Integer.toString(count)), Integer.toString(count));
    }

    @Override
    public void objective(String systemId, Explanation why) {
        line(
                "objective",
                Map.of("system", systemId, "code", why.code()),
                systemId,
                why.inFull(language));
    }

    @Override
    public void began(String what, String systemId) {
        line("began", Map.of("what", what, "system", systemId), systemId, what);
    }

    @Override
    public void ended(String what, String systemId, Outcome<Map<String, String>> result) {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("what", what);
        more.put("system", systemId);
        more.put("result", CommandAnswer.kind(result).name());
        result.result().ifPresent(more::putAll);
        String how =
                result.problem().map(why -> why.inFull(language)).orElseGet(() -> figures(more));
        line("ended", more, systemId, what, how);
    }

    private String figures(Map<String, String> facts) {
        return facts.containsKey(FactNames.BLOCKS_SENT)
                ? text(
                        "figures",
                        facts.get(FactNames.BLOCKS_SENT),
                        facts.get(FactNames.BYTES_ON_WIRE),
                        facts.get(FactNames.DURATION_MILLIS))
                : text("well");
    }
}
