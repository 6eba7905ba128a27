package org.standfest.replication.objectives;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last sessions of a system, and their file form: a line each, appended, so that a torn line
 * costs only itself. Immutable, safe for any thread.
 *
 * <p>Whoever keeps the file appends {@link SessionRecord#line} and writes {@link #text} anew
 * (beside, then renamed) when {@link #shouldBeRewritten}: it never holds more than twice {@link
 * #MOST} lines.
 *
 * @param records the oldest first, at most {@link #MOST}
 * @param lines how many lines the file had, damaged ones with them
 */
public record SessionHistory(List<SessionRecord> records, int lines) {

    /** How many sessions are remembered: a week of a session every minute. */
    public static final int MOST = 10_080;

    /** The most characters of a file that are worth reading. */
    public static final int FILE_CHARS = 2 * MOST * (SessionRecord.LINE_CHARS + 1);

    /** Nothing yet. */
    public static final SessionHistory EMPTY = new SessionHistory(List.of(), 0);

    /** Keeps the newest {@link #MOST}. */
    public SessionHistory {
        records = List.copyOf(records.subList(Math.max(0, records.size() - MOST), records.size()));
    }

    /** Reads a file; lines that cannot be understood are left out. */
    public static SessionHistory of(String text) {
        List<SessionRecord> records = new ArrayList<>();
        List<String> lines = text.lines().toList();
        lines.forEach(line -> SessionRecord.of(line).ifPresent(records::add));
        return new SessionHistory(records, lines.size());
    }

    /** The same and one more. */
    public SessionHistory with(SessionRecord session) {
        List<SessionRecord> more = new ArrayList<>(records);
        more.add(session);
        return new SessionHistory(more, lines + 1);
    }

    /** Whether the file has so many lines that {@link #text} should take its place. */
    public boolean shouldBeRewritten() {
        return lines >= 2 * MOST;
    }

    /** The file without what is too old or damaged. */
    public String text() {
        StringBuilder text = new StringBuilder();
        records.forEach(record -> text.append(record.line()).append('\n'));
        return text.toString();
    }

    /** The newest session that was committed. */
    public Optional<SessionRecord> lastDone() {
        return records.reversed().stream()
                .filter(record -> record.result() == SessionRecord.Result.DONE)
                .findFirst();
    }
}
