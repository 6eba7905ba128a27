package org.standfest.replication.objectives;

import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When a system is replicated. Missed runs (switched off, no line, outside of its hours) are made
 * up by one run, not by many. Immutable, safe for any thread.
 *
 * <p>Text form, parts apart by semicolons: one of {@code every 15 min}, {@code continuous}, {@code
 * at 12:30, 22:00} or {@code manual}; then, if wanted, {@code only mon-fri 20-06 / sat,sun} and
 * {@code paused}.
 *
 * @param mode what makes a run due
 * @param interval from one start to the next; for {@link Mode#CONTINUOUS} from an end to the next
 *     start; zero otherwise
 * @param times local times of day, only for {@link Mode#AT}
 * @param window the hours in which a run may begin
 * @param paused whether nothing is due at present
 */
public record Schedule(
        Mode mode, Duration interval, List<LocalTime> times, HoursOfWeek window, boolean paused) {

    /** The shortest interval. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Only when somebody asks. */
    public static final Schedule MANUAL =
            new Schedule(Mode.MANUAL, Duration.ZERO, List.of(), HoursOfWeek.ALWAYS, false);

    /**
     * What lies between the end of a run and the next in continuous mode, if nothing else is said.
     */
    public static final Duration BREATH = Duration.ofSeconds(5);

    private static final int TIMES = 96;

    /** What makes a run due. */
    public enum Mode {
        /** So much time since the last start. */
        INTERVAL,
        /** The end of the last one. */
        CONTINUOUS,
        /** A time of day. */
        AT,
        /** Only somebody who asks. */
        MANUAL
    }

    /** Checks and copies. */
    public Schedule {
        Objects.requireNonNull(mode);
        Objects.requireNonNull(window);
        times = List.copyOf(new TreeSet<>(times));
        boolean needsInterval = mode == Mode.INTERVAL || mode == Mode.CONTINUOUS;
        if (needsInterval != interval.compareTo(SHORTEST) >= 0
                || (mode == Mode.AT) == times.isEmpty()) {
            throw new IllegalArgumentException(mode + " " + interval + " " + times);
        }
    }

    /** Every so often, at least {@link #SHORTEST}. */
    public static Schedule every(Duration interval) {
        return new Schedule(Mode.INTERVAL, interval, List.of(), HoursOfWeek.ALWAYS, false);
    }

    /** Again and again. */
    public static Schedule continuous() {
        return new Schedule(Mode.CONTINUOUS, BREATH, List.of(), HoursOfWeek.ALWAYS, false);
    }

    /** The same, paused or not. */
    public Schedule paused(boolean pause) {
        return new Schedule(mode, interval, times, window, pause);
    }

    /** Reads the text form. */
    public static Outcome<Schedule> parse(String text) {
        try {
            return Outcome.done(read(text.strip().toLowerCase(Locale.ROOT)));
        } catch (TextFault fault) {
            return Outcome.refused(fault.explanation());
        }
    }

    private static Schedule read(String text) throws TextFault {
        Schedule schedule = null;
        HoursOfWeek window = HoursOfWeek.ALWAYS;
        boolean paused = false;
        for (String part : text.split(";", 8)) {
            String[] words = part.strip().split("\\s+", 2);
            String rest = words.length == 2 ? words[1].strip() : "";
            switch (words[0]) {
                case "only" -> window = window(rest);
                case "paused" -> paused = true;
                default -> {
                    if (schedule != null) {
                        throw new TextFault("objectives.schedule", part.strip());
                    }
                    schedule = mode(words[0], rest, part.strip());
                }
            }
        }
        if (schedule == null) {
            throw new TextFault("objectives.schedule", text);
        }
        return new Schedule(schedule.mode, schedule.interval, schedule.times, window, paused);
    }

    private static Schedule mode(String word, String rest, String part) throws TextFault {
        return switch (word) {
            case "every" -> every(atLeastShortest(rest));
            case "continuous" ->
                    rest.isEmpty()
                            ? continuous()
                            : new Schedule(
                                    Mode.CONTINUOUS,
                                    atLeastShortest(rest.replaceFirst("^after\\s+", "")),
                                    List.of(),
                                    HoursOfWeek.ALWAYS,
                                    false);
            case "at" ->
                    new Schedule(Mode.AT, Duration.ZERO, times(rest), HoursOfWeek.ALWAYS, false);
            case "manual" -> MANUAL;
            default -> throw new TextFault("objectives.schedule", part);
        };
    }

    private static Duration atLeastShortest(String text) throws TextFault {
        Duration span = Durations.read(text);
        if (span.compareTo(SHORTEST) < 0) {
            throw new TextFault("objectives.duration", text);
        }
        return span;
    }

    private static List<LocalTime> times(String text) throws TextFault {
        List<LocalTime> times = new ArrayList<>();
        for (String one : text.split(",", TIMES + 1)) {
            try {
                times.add(LocalTime.parse(one.strip()));
            } catch (DateTimeParseException _) {
                throw new TextFault("objectives.time-of-day", one.strip());
            }
        }
        if (times.size() > TIMES) {
            throw new TextFault("objectives.time-of-day", text);
        }
        return times;
    }

    private static HoursOfWeek window(String text) throws TextFault {
        BitSet hours = new BitSet(HoursOfWeek.HOURS);
        for (String part : text.split("/", HoursOfWeek.HOURS)) {
            String[] words = part.strip().split("\\s+");
            if (words.length > 2 || !HoursOfWeek.isDays(words[0])) {
                throw new TextFault("objectives.hours", part.strip());
            }
            hours.or(HoursOfWeek.read(words[0], words.length == 2 ? words[1] : ""));
        }
        return new HoursOfWeek(hours);
    }

    /**
     * When the next run is due: not after {@code now} when it is due already.
     *
     * <p>A last run that lies in the future (a clock was put back) counts as one that began now, so
     * that no jump of the clock stops replication for longer than the interval.
     *
     * @param lastStart when the last run began; empty: never
     * @param lastEnd when the last run ended; empty: never
     * @return empty: nothing is ever due by itself
     */
    public Optional<Instant> nextDue(
            Optional<Instant> lastStart, Optional<Instant> lastEnd, Instant now, ZoneId zone) {
        if (paused || mode == Mode.MANUAL) {
            return Optional.empty();
        }
        Instant start = notAfter(lastStart, now);
        Instant end = notAfter(lastEnd, now);
        Instant due =
                switch (mode) {
                    case INTERVAL -> lastStart.isEmpty() ? now : start.plus(interval);
                    case CONTINUOUS -> lastEnd.isEmpty() ? now : end.plus(interval);
                    case AT -> nextTime(lastStart.isEmpty() ? now : start, zone);
                    case MANUAL -> throw new IllegalStateException();
                };
        return window.firstFrom(due.isBefore(now) ? now : due, zone);
    }

    private static Instant notAfter(Optional<Instant> instant, Instant now) {
        return instant.filter(now::isAfter).orElse(now);
    }

    /** The first time of day after an instant; a time that a clock jumps over comes right after. */
    private Instant nextTime(Instant after, ZoneId zone) {
        LocalDate day = after.atZone(zone).toLocalDate();
        for (int more = 0; more < 3; more++) {
            for (LocalTime time : times) {
                Instant at = day.plusDays(more).atTime(time).atZone(zone).toInstant();
                if (at.isAfter(after)) {
                    return at;
                }
            }
        }
        throw new IllegalStateException("no time of day within three days");
    }

    /** The text form, which {@link #parse} reads back. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(
                        switch (mode) {
                            case INTERVAL -> "every " + Durations.text(interval);
                            case CONTINUOUS ->
                                    interval.equals(BREATH)
                                            ? "continuous"
                                            : "continuous after " + Durations.text(interval);
                            case AT ->
                                    "at "
                                            + String.join(
                                                    ", ",
                                                    times.stream()
                                                            .map(LocalTime::toString)
                                                            .toList());
                            case MANUAL -> "manual";
                        });
        if (!window.equals(HoursOfWeek.ALWAYS)) {
            text.append("; only ").append(window);
        }
        return text.append(paused ? "; paused" : "").toString();
    }
}
