package org.standfest.cli;

import org.standfest.command.Command;
import org.standfest.command.Console;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.results.Catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the verb among the commands there are and runs it. Used once, by one thread. */
final class CommandLine {

    private static final Catalog TEXTS = Catalog.beside(CommandLine.class);
    private static final Set<String> HELP = Set.of("help", "--help", "-h");
    private static final int NEAREST_EDITS = 2;

    private final Map<String, Command> commands = new TreeMap<>();
    private final Console out;
    private final Console err;
    private final Locale locale;
    private final Path workFolder;

    CommandLine(
            Collection<Command> commands,
            Console out,
            Console err,
            Locale locale,
            Path workFolder) {
        commands.forEach(command -> this.commands.put(command.verb(), command));
        this.out = out;
        this.err = err;
        this.locale = locale;
        this.workFolder = workFolder;
    }

    /** Runs what the words say; the answer is the process's exit code. */
    int run(List<String> words) {
        List<String> rest = new ArrayList<>(words);
        int end = rest.indexOf("--");
        boolean json = (end < 0 ? rest : rest.subList(0, end)).remove("--json");
        if (rest.isEmpty()) {
            err.print(overview());
            return ExitCode.USAGE;
        }
        String verb = rest.removeFirst();
        if (HELP.contains(verb)) {
            return help(rest);
        }
        if (rest.contains("--help")) {
            rest.addFirst(verb);
            return help(rest);
        }
        Command command = commands.get(verb);
        if (command == null) {
            return unknown(verb);
        }
        return command.run(new Invocation(rest, out, err, locale, workFolder, json));
    }

    private int help(List<String> about) {
        if (about.isEmpty()) {
            out.print(overview());
            return ExitCode.DONE;
        }
        Command command = commands.get(about.getFirst());
        if (command == null) {
            return unknown(about.getFirst());
        }
        out.println(command.summary(locale));
        out.println();
        out.println(command.usage(locale, about.subList(1, about.size())));
        return ExitCode.DONE;
    }

    private int unknown(String verb) {
        err.println(TEXTS.text(locale, "unknown-verb", verb));
        nearest(verb).ifPresent(it -> err.println(TEXTS.text(locale, "did-you-mean", it)));
        err.println(TEXTS.text(locale, "see-help"));
        return ExitCode.USAGE;
    }

    private String overview() {
        int width = commands.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        return TEXTS.text(locale, "overview.head")
                + commands.values().stream()
                        .map(
                                it ->
                                        "  "
                                                + it.verb()
                                                + " ".repeat(width - it.verb().length())
                                                + it.summary(locale)
                                                + System.lineSeparator())
                        .collect(Collectors.joining())
                + TEXTS.text(locale, "overview.foot");
    }

    private Optional<String> nearest(String verb) {
        return commands.keySet().stream()
                .filter(it -> distance(it, verb) <= NEAREST_EDITS)
                .min((a, b) -> distance(a, verb) - distance(b, verb));
    }

    /** Levenshtein's distance: how many letters to change, add or drop. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
