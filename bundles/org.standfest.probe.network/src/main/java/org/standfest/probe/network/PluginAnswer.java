package org.standfest.probe.network;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a plug-in prints: a line for people, behind a bar performance data ({@code
 * 'label'=value[unit];[warn];[crit];[min];[max]}). Further lines are left to its own log.
 *
 * @param text the line for people
 * @param measures the performance data that could be read
 */
record PluginAnswer(String text, List<Measure> measures) {

    private static final int MEASURES_LIMIT = 32;
    private static final int SHOWN_MEASURES = 6;
    private static final Pattern MEASURE =
            Pattern.compile(
                    "\\G\\s*(?:'((?:[^']|'')+)'|([^\\s'=]+))=(-?\\d+(?:\\.\\d+)?|U)"
                            + "([A-Za-z%]{0,8})(?:;[^\\s;]*){0,4}(?=\\s|$)");

    /**
     * One figure.
     *
     * @param label its name
     * @param value a decimal number, or {@code U} for unknown
     * @param unit {@code s}, {@code ms}, {@code %}, {@code B}, {@code c}; empty for a plain number
     */
    record Measure(String label, String value, String unit) {

        @Override
        public String toString() {
            return label + " " + value + (unit.isEmpty() ? "" : " " + unit);
        }
    }

    /** Reads an output, however broken it is. */
    static PluginAnswer read(String output) {
        String first = output.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        int bar = first.indexOf('|');
        List<Measure> measures = new ArrayList<>();
        if (bar >= 0) {
            Matcher found = MEASURE.matcher(first.substring(bar + 1));
            while (measures.size() < MEASURES_LIMIT && found.find()) {
                String label =
                        found.group(1) == null ? found.group(2) : found.group(1).replace("''", "'");
                measures.add(new Measure(label, found.group(3), found.group(4)));
            }
        }
        return new PluginAnswer(
                Conversation.words(bar < 0 ? first : first.substring(0, bar)),
                List.copyOf(measures));
    }

    /** Text and figures in one line. */
    String shown() {
        List<String> some = measures.stream().limit(SHOWN_MEASURES).map(Measure::toString).toList();
        return some.isEmpty() ? text : text + " (" + String.join(", ", some) + ")";
    }
}
