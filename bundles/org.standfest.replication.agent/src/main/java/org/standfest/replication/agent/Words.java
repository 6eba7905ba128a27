package org.standfest.replication.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A verb and its options, sorted. Immutable. */
final class Words {

    private static final Set<String> COMMON = Set.of("home", "json");
    private static final Map<String, Set<String>> OPTIONS =
            Map.ofEntries(
                    Map.entry("run", Set.of("system", "no-wait")),
                    Map.entry("enrol", Set.of("standby", "code", "name")),
                    Map.entry(
                            "protect",
                            Set.of(
                                    "system",
                                    "name",
                                    "disk",
                                    "tree",
                                    "exclude",
                                    "mounts",
                                    "compress",
                                    "option",
                                    "freeze",
                                    "thaw",
                                    "every",
                                    "schedule",
                                    "rpo",
                                    "priority",
                                    "compare-every",
                                    "compare-rate",
                                    "rates",
                                    "machine",
                                    "machine-file")),
                    Map.entry("forget", Set.of("system")),
                    Map.entry("unprotect", Set.of("system")),
                    Map.entry("pause", Set.of("system", "reason")),
                    Map.entry("resume", Set.of("system")),
                    Map.entry("cancel", Set.of("system")),
                    Map.entry("compare", Set.of("system", "no-wait")),
                    Map.entry("history", Set.of("system", "last")),
                    Map.entry("forecast", Set.of("system", "line")),
                    Map.entry("line", Set.of("rates")),
                    Map.entry("courier", Set.of("system", "to")),
                    Map.entry("status", Set.of()));
    private static final Set<String> REPEATABLE =
            Set.of("disk", "tree", "exclude", "machine", "option");
    private static final Set<String> HELP = Set.of("help", "--help", "-h");
    private static final Set<String> WITHOUT_VALUE = Set.of("json", "no-wait");

    private final String verb;
    private final Map<String, List<String>> options;
    private final String fault;

    private Words(String verb, Map<String, List<String>> options, String fault) {
        this.verb = verb;
        this.options = options;
        this.fault = fault;
    }

    static Words read(List<String> arguments) {
        Optional<Words> help = help(arguments);
        if (help.isPresent()) {
            return help.get();
        }
        String verb = arguments.getFirst();
        Map<String, List<String>> options = new HashMap<>();
        Set<String> allowed = OPTIONS.get(verb);
        if (allowed == null) {
            return new Words(verb, options, verb);
        }
        for (int i = 1; i < arguments.size(); i++) {
            String word = arguments.get(i);
            int equals = word.indexOf('=');
            boolean joined = word.startsWith("--") && equals > 0;
            String name =
                    word.startsWith("--") ? word.substring(2, joined ? equals : word.length()) : "";
            if (!COMMON.contains(name) && !allowed.contains(name)) {
                return new Words(verb, options, word);
            }
            List<String> values = options.computeIfAbsent(name, _ -> new ArrayList<>());
            if (!values.isEmpty() && !REPEATABLE.contains(name)) {
                return new Words(verb, options, word);
            }
            if (WITHOUT_VALUE.contains(name)) {
                values.add("");
            } else if (joined) {
                values.add(word.substring(equals + 1));
            } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
                values.add(arguments.get(++i));
            } else {
                return new Words(verb, options, word);
            }
        }
        return new Words(verb, options, null);
    }

    /** {@code help}, {@code help VERB}, {@code VERB --help}; {@link #topic()} is the verb. */
    private static Optional<Words> help(List<String> arguments) {
        List<String> words = arguments.stream().filter(word -> !HELP.contains(word)).toList();
        boolean asked = arguments.isEmpty() || words.size() < arguments.size();
        Map<String, List<String>> options = new HashMap<>();
        words.stream()
                .filter(OPTIONS::containsKey)
                .limit(1)
                .forEach(verb -> options.put("topic", List.of(verb)));
        return asked ? Optional.of(new Words("help", options, null)) : Optional.empty();
    }

    /** The verb that help is wanted for, or that was typed. */
    String topic() {
        return verb.equals("help") ? one("topic").orElse("") : verb;
    }

    /** All verbs in the order in which a person needs them, each with its own text. */
    static List<String> verbs() {
        return List.of(
                "enrol",
                "protect",
                "unprotect",
                "run",
                "status",
                "pause",
                "resume",
                "cancel",
                "compare",
                "courier",
                "history",
                "forecast",
                "line");
    }

    String verb() {
        return verb;
    }

    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    Optional<String> one(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return options.getOrDefault(name, List.of());
    }

    boolean has(String name) {
        return options.containsKey(name);
    }
}
