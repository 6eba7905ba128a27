package org.standfest.probe.network;

import org.standfest.probe.ProbeTarget;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line of a plug-in: words between spaces, quoted where they hold some. */
final class PluginLine {

    private static final Pattern WORD =
            Pattern.compile("\\G\\s*(?:\"([^\"]*)\"|([^\\s\"]+))(?=\\s|$)");

    private PluginLine() {}

    /**
     * The words with the target filled in; empty if the line is not one, or if its program is more
     * than a name.
     */
    static Optional<List<String>> words(ProbeTarget target) {
        String line = target.question().strip();
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        int end = 0;
        while (word.find()) {
            String found = word.group(1) == null ? word.group(2) : word.group(1);
            words.add(words.isEmpty() ? found : filled(found, target));
            end = word.end();
        }
        boolean whole = end == line.length() && !words.isEmpty();
        return whole && words.getFirst().matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
                ? Optional.of(words)
                : Optional.empty();
    }

    private static String filled(String word, ProbeTarget target) {
        return word.replace("{host}", target.host())
                .replace(
                        "{port}",
                        target.port().isPresent()
                                ? Integer.toString(target.port().getAsInt())
                                : "");
    }
}
