package org.standfest.replication.objectives;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One session as the history remembers it. Immutable.
 *
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param takenAt the instant its data shows
 * @param trigger who wanted it
 * @param result what became of it
 * @param pointId the committed point; empty: none
 * @param problemCode why it did not succeed; empty: it did
 * @param first whether it was a first copy, without a basis
 * @param connections how many connections it took; 0: it was over before it had anything to send
 * @param totalBytes the size of what is protected
 * @param changedBytes how much of it had changed
 * @param contentBytes how much content travelled, before compression
 * @param wireBytes what travelled, after compression, with everything around it
 */
public record SessionRecord(
        Instant startedAt,
        Instant endedAt,
        Instant takenAt,
        Trigger trigger,
        Result result,
        String pointId,
        String problemCode,
        boolean first,
        int connections,
        long totalBytes,
        long changedBytes,
        long contentBytes,
        long wireBytes) {

    /** The longest line, in characters. */
    public static final int LINE_CHARS = 1024;

    /** Who wanted a session. */
    public enum Trigger {
        /** The schedule, at a time of its own. */
        SCHEDULE,
        /** The schedule, because the session before was over. */
        CONTINUOUS,
        /** The schedule once more, because the attempt before came to nothing. */
        AGAIN,
        /** A person at the agent. */
        PERSON,
        /** The standby. */
        STANDBY,
        /** The standby, together with other systems. */
        GROUP,
        /** A comparison, which needs a fresh common state. */
        COMPARISON;

        /** Whether nobody waits for it. */
        public boolean byItself() {
            return this == SCHEDULE || this == CONTINUOUS || this == AGAIN;
        }
    }

    /** What became of it. */
    public enum Result {
        /** Committed. */
        DONE,
        /** Refused by one side. */
        REFUSED,
        /** Broken off by a fault. */
        FAILED,
        /** Cancelled. */
        CANCELLED
    }

    /** Checks. */
    public SessionRecord {
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(endedAt);
        Objects.requireNonNull(takenAt);
        Objects.requireNonNull(trigger);
        Objects.requireNonNull(result);
        Objects.requireNonNull(pointId);
        Objects.requireNonNull(problemCode);
    }

    /** How long it took; never negative, also when the clock was put back meanwhile. */
    public Duration duration() {
        Duration span = Duration.between(startedAt, endedAt);
        return span.isNegative() ? Duration.ZERO : span;
    }

    /** The line that stands for it in a history file: {@code key=value} apart by blanks. */
    public String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("v", 1);
        fields.put("started", startedAt.toEpochMilli());
        fields.put("ended", endedAt.toEpochMilli());
        fields.put("taken", takenAt.toEpochMilli());
        fields.put("trigger", trigger);
        fields.put("result", result);
        fields.put("point", pointId);
        fields.put("problem", problemCode);
        fields.put("first", first);
        fields.put("connections", connections);
        fields.put("total", totalBytes);
        fields.put("changed", changedBytes);
        fields.put("content", contentBytes);
        fields.put("wire", wireBytes);
        StringBuilder line = new StringBuilder();
        fields.forEach(
                (key, value) ->
                        line.append(line.isEmpty() ? "" : " ")
                                .append(key)
                                .append('=')
                                .append(
                                        URLEncoder.encode(
                                                value.toString(), StandardCharsets.UTF_8)));
        return line.append(" .").toString();
    }

    /** Reads a line; empty where it is not one (torn, damaged, of a later version). */
    public static Optional<SessionRecord> of(String line) {
        if (line.length() > LINE_CHARS || !line.startsWith("v=1 ") || !line.endsWith(" .")) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        try {
            for (String word : line.split(" ")) {
                int equals = word.indexOf('=');
                if (equals > 0) {
                    fields.put(
                            word.substring(0, equals),
                            URLDecoder.decode(word.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
            return Optional.of(
                    new SessionRecord(
                            instant(fields, "started"),
                            instant(fields, "ended"),
                            instant(fields, "taken"),
                            Trigger.valueOf(fields.get("trigger")),
                            Result.valueOf(fields.get("result")),
                            fields.getOrDefault("point", ""),
                            fields.getOrDefault("problem", ""),
                            Boolean.parseBoolean(fields.get("first")),
                            Integer.parseInt(fields.get("connections")),
                            number(fields, "total"),
                            number(fields, "changed"),
                            number(fields, "content"),
                            number(fields, "wire")));
        } catch (IllegalArgumentException | NullPointerException _) {
            return Optional.empty();
        }
    }

    private static Instant instant(Map<String, String> fields, String key) {
        return Instant.ofEpochMilli(number(fields, key));
    }

    private static long number(Map<String, String> fields, String key) {
        return Long.parseLong(fields.get(key));
    }
}
