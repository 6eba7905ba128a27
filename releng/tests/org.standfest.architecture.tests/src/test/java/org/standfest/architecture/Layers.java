package org.standfest.architecture;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ranks of {@code releng/checks/layers.txt}, and the arrows it allows by name. */
record Layers(Map<String, Integer> ranks, Set<String> allowed, Set<String> seen) {

    private static final Pattern RANK = Pattern.compile("(\\d) ([a-z.]+)");
    private static final Pattern EXCEPTION =
            Pattern.compile("(allow|see) ([a-z.]+) -> ([a-z.]+) : \\S.*");

    static Layers parse(String text) {
        Layers layers = new Layers(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        for (String line : text.lines().map(String::strip).toList()) {
            Matcher rank = RANK.matcher(line);
            Matcher exception = EXCEPTION.matcher(line);
            if (rank.matches()) {
                layers.ranks.put(rank.group(2), Integer.valueOf(rank.group(1)));
            } else if (exception.matches()) {
                Set<String> arrows =
                        exception.group(1).equals("allow") ? layers.allowed : layers.seen;
                arrows.add(exception.group(2) + " -> " + exception.group(3));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalArgumentException(
                        "layers.txt: neither a rank nor an exception with its reason: " + line);
            }
        }
        return layers;
    }
}
