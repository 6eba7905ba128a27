package org.standfest.replication.agent;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Facts as JSON objects of one line, in the style of every other verb: names in lower case with
 * underscores, numbers and truth values as such, instants as text of ISO 8601. What kind a fact is,
 * its name says and never its value: a system may be called 7. Stateless.
 */
final class Json {

    private static final Pattern INSTANT = Pattern.compile(".*(At|Due)Millis");
    private static final Pattern NUMBER =
            Pattern.compile(
                    ".*(Millis|Seconds|Bytes|PerSecond|Blocks)|(blocks|bytes|entries)[A-Z].*"
                        + "|progress(Done|Total)|filesUnsettled|filesIncomplete|changedMeanwhile|count|volumes"
                        + "|priority|epoch|failures|connections");
    private static final Pattern DIGITS = Pattern.compile("-?\\d{1,18}");
    private static final Set<String> TRUTHS =
            Set.of(
                    "power",
                    "paused",
                    "lockedOut",
                    "first",
                    "keepsObjective",
                    "cancelled",
                    "resumed");
    private static final Map<String, String> NAMES =
            Map.of(
                    "system", "system_id",
                    "durationMillis", "took_millis",
                    "session.trigger", "trigger");

    private Json() {}

    static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field(field.getKey(), field.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String field(String key, String value) {
        boolean number = DIGITS.matcher(value).matches();
        if (number && INSTANT.matcher(key).matches()) {
            String at = Instant.ofEpochMilli(Long.parseLong(value)).toString();
            return text(name(key.substring(0, key.length() - "Millis".length()))) + ':' + text(at);
        }
        boolean bare =
                number && NUMBER.matcher(key).matches()
                        || TRUTHS.contains(key) && value.matches("true|false");
        boolean trigger = name(key).equals("trigger");
        String shown = trigger ? value.toLowerCase(Locale.ROOT) : value;
        return text(name(key)) + ':' + (bare ? value : text(shown));
    }

    /** A volume's name after the dot stays what it is. */
    private static String name(String key) {
        if (NAMES.containsKey(key)) {
            return NAMES.get(key);
        }
        int dot = key.indexOf('.');
        String head = dot < 0 ? key : key.substring(0, dot);
        String tail = dot < 0 ? "" : key.substring(dot);
        return head.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) + tail;
    }

    static String text(String value) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                default -> {
                    if (c < ' ' || c == 0x2028 || c == 0x2029) {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
