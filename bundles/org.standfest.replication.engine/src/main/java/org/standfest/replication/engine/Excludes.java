package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.TreePath;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is left out of a tree: patterns of relative paths, one a line. {@code *} stands for anything
 * within a name, {@code **} for anything across names, {@code ?} for one character; a pattern
 * without a slash fits a name at any depth. A folder that is left out is left out with everything
 * below. Immutable.
 */
final class Excludes {

    private final List<Pattern> patterns;

    private Excludes(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    static Excludes of(String lines) {
        List<Pattern> patterns = new ArrayList<>();
        for (String line :
                lines.lines().map(String::strip).filter(text -> !text.isEmpty()).toList()) {
            String anywhere = line.contains("/") ? line.replaceFirst("^/", "") : "**/" + line;
            patterns.add(Pattern.compile(regex(anywhere)));
        }
        return new Excludes(patterns);
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    boolean leaveOut(TreePath path) {
        return !patterns.isEmpty()
                && !path.isRoot()
                && patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(path.toString()).matches());
    }
}
