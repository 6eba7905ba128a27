package org.standfest.standby.care;

import org.standfest.management.Alarm;
import org.standfest.management.FindingInfo;
import org.standfest.management.Reason;
import org.standfest.results.Finding;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The alarms, durable in {@code alarms.json}. At most one of a kind is open for one element. Every
 * raising and settling is in the journal. Safe for any thread.
 */
final class AlarmBook {

    private static final int REMEMBERED = 1000;
    private static final Duration NOTED_EVERY = Duration.ofHours(1);

    private final JsonFile<Book> file;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final CareJournal journal;
    private List<Entry> entries = List.of();

    /** An alarm in both languages, because whoever reads it later may speak the other one. */
    record Entry(
            String id,
            Alarm.Kind kind,
            Severity severity,
            String elementId,
            String elementName,
            Reason english,
            Reason german,
            Instant raisedAt,
            Instant seenAt,
            Optional<Instant> settledAt,
            Optional<String> settledBy,
            Optional<String> settledWhy) {

        Entry {
            Objects.requireNonNull(id);
            Objects.requireNonNull(kind);
            Objects.requireNonNull(severity);
            Objects.requireNonNull(elementId);
        }

        boolean open() {
            return settledAt.isEmpty();
        }

        boolean about(Alarm.Kind other, String element) {
            return kind == other && elementId.equals(element);
        }

        Entry seen(Instant at) {
            return new Entry(
                    id,
                    kind,
                    severity,
                    elementId,
                    elementName,
                    english,
                    german,
                    raisedAt,
                    at,
                    settledAt,
                    settledBy,
                    settledWhy);
        }

        Entry settled(Instant at, String who, String why) {
            return new Entry(
                    id,
                    kind,
                    severity,
                    elementId,
                    elementName,
                    english,
                    german,
                    raisedAt,
                    seenAt,
                    Optional.of(at),
                    Optional.of(who),
                    why.isEmpty() ? Optional.empty() : Optional.of(why));
        }

        Alarm alarm(Locale language) {
            boolean inGerman = language.getLanguage().equals(Locale.GERMAN.getLanguage());
            return new Alarm(
                    id,
                    kind,
                    new FindingInfo(severity, elementId, elementName, inGerman ? german : english),
                    raisedAt,
                    seenAt,
                    settledAt,
                    settledBy,
                    settledWhy);
        }
    }

    /** Everything, the oldest first. */
    record Book(List<Entry> entries) {
        Book {
            entries = List.copyOf(entries);
        }
    }

    AlarmBook(Path home, InstantSource clock, Supplier<String> ids, CareJournal journal) {
        this.file = new JsonFile<>(home.resolve("alarms.json"), Book.class);
        this.clock = clock;
        this.ids = ids;
        this.journal = journal;
    }

    /** Reads the book; not done when it cannot be read: alarms must not vanish with it. */
    synchronized Outcome<Void> open() {
        return file.read(new Book(List.of()))
                .map(
                        book -> {
                            entries = book.entries();
                            return null;
                        });
    }

    /**
     * Raises an alarm, or notes that the one that is open still holds.
     *
     * @return the alarm's id, and whether it is new
     */
    synchronized Outcome<Raised> raise(Alarm.Kind kind, Finding finding) {
        Instant now = clock.instant();
        Optional<Entry> open = open(kind, finding.elementId());
        if (open.isPresent()) {
            Entry entry = open.get();
            Outcome<Void> noted =
                    Duration.between(entry.seenAt(), now).compareTo(NOTED_EVERY) < 0
                            ? Outcome.done()
                            : replace(entry, entry.seen(now));
            return noted.map(_ -> new Raised(entry.id(), false));
        }
        Entry entry =
                new Entry(
                        "alarm-" + ids.get(),
                        kind,
                        finding.severity(),
                        finding.elementId(),
                        finding.elementName(),
                        Reason.of(finding.explanation(), Locale.ENGLISH),
                        Reason.of(finding.explanation(), Locale.GERMAN),
                        now,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        List<Entry> more = new ArrayList<>(entries);
        more.add(entry);
        while (more.size() > REMEMBERED && more.stream().anyMatch(one -> !one.open())) {
            more.remove(more.stream().filter(one -> !one.open()).findFirst().orElseThrow());
        }
        return write(more)
                .then(
                        _ ->
                                journal.write(
                                        "standby",
                                        finding.elementId(),
                                        "alarm.raised",
                                        Map.of(
                                                "alarm",
                                                entry.id(),
                                                "kind",
                                                kind.name(),
                                                "why",
                                                finding.explanation().code())))
                .map(_ -> new Raised(entry.id(), true));
    }

    /** What became of raising an alarm. */
    record Raised(String id, boolean isNew) {}

    /** What an alarm was about does not hold any more; nothing for those that need a person. */
    synchronized void over(Alarm.Kind kind, String elementId) {
        if (kind.needsPerson()) {
            return;
        }
        open(kind, elementId)
                .ifPresent(
                        entry -> {
                            replace(entry, entry.settled(clock.instant(), "standby", ""));
                            journal.write(
                                    "standby",
                                    elementId,
                                    "alarm.over",
                                    Map.of("alarm", entry.id(), "kind", kind.name()));
                        });
    }

    /** A person settles an alarm; refused when there is no open one with this id. */
    synchronized Outcome<Entry> acknowledge(String id, String who, String why) {
        Optional<Entry> open =
                entries.stream().filter(one -> one.id().equals(id) && one.open()).findFirst();
        if (open.isEmpty()) {
            return Outcome.refused(CareTexts.explain("care.no-alarm", id));
        }
        Entry settled = open.get().settled(clock.instant(), who, why);
        return journal.write(
                        who,
                        settled.elementId(),
                        "alarm.acknowledged",
                        Map.of("alarm", id, "kind", settled.kind().name(), "reason", why))
                .then(_ -> replace(open.get(), settled))
                .map(_ -> settled);
    }

    /** The open alarm of a kind about an element. */
    synchronized Optional<Entry> open(Alarm.Kind kind, String elementId) {
        return entries.stream().filter(one -> one.open() && one.about(kind, elementId)).findFirst();
    }

    /** How many alarms about an element are open. */
    synchronized int openOf(String elementId) {
        return (int)
                entries.stream()
                        .filter(one -> one.open() && one.elementId().equals(elementId))
                        .count();
    }

    /** Alarms, the newest first. */
    synchronized List<Alarm> list(String elementId, boolean settledToo, Locale language) {
        return entries.reversed().stream()
                .filter(one -> elementId.isEmpty() || one.elementId().equals(elementId))
                .filter(one -> settledToo || one.open())
                .limit(REMEMBERED)
                .map(one -> one.alarm(language))
                .toList();
    }

    private Outcome<Void> replace(Entry old, Entry other) {
        return write(entries.stream().map(one -> one == old ? other : one).toList());
    }

    private Outcome<Void> write(List<Entry> all) {
        return file.write(new Book(all))
                .map(
                        none -> {
                            entries = List.copyOf(all);
                            return none;
                        });
    }
}
