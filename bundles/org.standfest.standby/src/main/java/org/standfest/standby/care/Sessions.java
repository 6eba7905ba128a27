package org.standfest.standby.care;

import org.standfest.management.SessionHistory.Entry;
import org.standfest.replication.engine.SessionReport;
import org.standfest.replication.objectives.SessionHistory;
import org.standfest.replication.objectives.SessionRecord;
import org.standfest.replication.protocol.FactNames;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The sessions as the standby saw them, in {@code systems/ID/sessions.log}. Safe for any thread.
 */
final class Sessions {

    private static final String FILE = "sessions.log";

    private final Function<String, Path> folders;
    private final Map<String, SessionHistory> known = new HashMap<>();

    /**
     * @param folders where things about a system are written
     */
    Sessions(Function<String, Path> folders) {
        this.folders = folders;
    }

    /** What is known; a file that cannot be read counts as empty. */
    synchronized SessionHistory of(String systemId) {
        return known.computeIfAbsent(systemId, this::read);
    }

    private SessionHistory read(String systemId) {
        Path file = folders.apply(systemId).resolve(FILE);
        try {
            return Files.exists(file) && Files.size(file) <= SessionHistory.FILE_CHARS
                    ? SessionHistory.of(Files.readString(file))
                    : SessionHistory.EMPTY;
        } catch (IOException _) {
            return SessionHistory.EMPTY;
        }
    }

    /** One more session; a fault of the disk loses the line, never the session. */
    synchronized void add(String systemId, SessionRecord record) {
        SessionHistory more = of(systemId).with(record);
        Path file = folders.apply(systemId).resolve(FILE);
        try {
            Files.createDirectories(file.getParent());
            if (more.shouldBeRewritten()) {
                Path fresh = file.resolveSibling(FILE + ".new");
                Files.writeString(fresh, more.text(), StandardCharsets.UTF_8);
                Files.move(
                        fresh,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                more = SessionHistory.of(more.text());
            } else {
                Files.writeString(
                        file,
                        record.line() + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        } catch (IOException _) {
            // Still remembered as long as the process lives.
            known.put(systemId, more);
            return;
        }
        known.put(systemId, more);
    }

    /** A report of the receiver as a record. */
    static SessionRecord record(
            SessionReport report, Instant endedAt, Instant takenAt, boolean first, long size) {
        Map<String, String> facts = report.facts();
        return new SessionRecord(
                report.info().startedAt(),
                endedAt,
                takenAt,
                trigger(facts),
                switch (report.result()) {
                    case Outcome.Done<String> _ -> SessionRecord.Result.DONE;
                    case Outcome.Refused<String> _ -> SessionRecord.Result.REFUSED;
                    case Outcome.Failed<String> _ -> SessionRecord.Result.FAILED;
                },
                report.result().result().orElse(""),
                report.result().problem().map(why -> why.code()).orElse(""),
                first,
                1,
                size,
                number(facts, FactNames.BYTES_CHANGED),
                number(facts, FactNames.BYTES_CHANGED),
                number(facts, FactNames.BYTES_ON_WIRE));
    }

    /** What the agent says; one that says nothing is taken for the schedule. */
    private static SessionRecord.Trigger trigger(Map<String, String> facts) {
        String said = facts.getOrDefault(FactNames.TRIGGER, "");
        return Arrays.stream(SessionRecord.Trigger.values())
                .filter(known -> known.name().equals(said))
                .findFirst()
                .orElse(SessionRecord.Trigger.SCHEDULE);
    }

    /** A figure; 0 if it is missing or no number. */
    static long number(Map<String, String> facts, String name) {
        try {
            return Math.max(0, Long.parseLong(facts.getOrDefault(name, "0")));
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /** The newest first. */
    List<Entry> newest(String systemId, int limit) {
        return of(systemId).records().reversed().stream()
                .limit(limit)
                .map(
                        one ->
                                new Entry(
                                        one.startedAt(),
                                        one.endedAt(),
                                        Optional.of(one.pointId()).filter(it -> !it.isEmpty()),
                                        Optional.of(one.problemCode()).filter(it -> !it.isEmpty()),
                                        one.trigger().name().toLowerCase(Locale.ROOT),
                                        one.first(),
                                        one.changedBytes(),
                                        one.wireBytes(),
                                        one.duration().toMillis()))
                .toList();
    }
}
