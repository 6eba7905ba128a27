package org.standfest.replication.objectives;

import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which recovery points stay: the newest N, and of so many hours, days, weeks (ISO), months and
 * years of local time in which there was a point the newest of each. The rules of restic's {@code
 * forget}, with these additions: the last good point always stays, so do pinned and locked ones and
 * whatever is newer than the last good point; a damaged point takes nobody's place. Removing after
 * every point or once at the end leaves the same points. Immutable, safe for any thread.
 *
 * <p>Text form: {@code last 7, hourly 24, daily 7, weekly 5, monthly 12, yearly 3} or {@code all}.
 *
 * @param counts how many per rule, 1 to {@link #MOST}; rules that are missing keep nothing
 * @param everything whether all points stay; then there are no counts
 */
public record Retention(Map<Rule, Integer> counts, boolean everything) {

    /** Keeps every point. */
    public static final Retention ALL = new Retention(Map.of(), true);

    /** The largest count of a rule. */
    public static final int MOST = 100_000;

    private static final Pattern WORDS = Pattern.compile("([a-z]+)\\s+(\\d{1,6})");

    /** What a count counts. */
    public enum Rule {
        /** Points. */
        LAST,
        /** Hours in which there is a point. */
        HOURLY,
        /** Days. */
        DAILY,
        /** Weeks from Monday to Sunday. */
        WEEKLY,
        /** Months. */
        MONTHLY,
        /** Years. */
        YEARLY
    }

    /** Why a point stays. */
    public enum Reason {
        /** One of the newest. */
        LAST,
        /** The newest of its hour. */
        HOURLY,
        /** The newest of its day. */
        DAILY,
        /** The newest of its week. */
        WEEKLY,
        /** The newest of its month. */
        MONTHLY,
        /** The newest of its year. */
        YEARLY,
        /** A person pinned it, or an alarm did. */
        PINNED,
        /** Its lock has not run out. */
        LOCKED,
        /** The newest good point: never removed. */
        LAST_GOOD,
        /** Newer than the last good one: not known to be good, and not given up either. */
        NEWER_THAN_GOOD,
        /** Nothing is removed by this rule. */
        EVERYTHING
    }

    /** Checks and copies. */
    public Retention {
        counts = Map.copyOf(counts);
        for (int count : counts.values()) {
            if (count < 1 || count > MOST) {
                throw new IllegalArgumentException("count " + count);
            }
        }
        if (everything && !counts.isEmpty()) {
            throw new IllegalArgumentException("counts beside everything");
        }
    }

    /**
     * A recovery point as retention sees it.
     *
     * @param takenAt the instant it shows
     * @param good whether nothing speaks against it: complete, not found damaged
     * @param pinned whether somebody wants it kept without end
     * @param lockedUntil until when nobody may remove it; empty: not locked
     */
    public record Point(
            String id,
            Instant takenAt,
            boolean good,
            boolean pinned,
            Optional<Instant> lockedUntil) {

        /** Checks that nothing is missing. */
        public Point {
            Objects.requireNonNull(id);
            Objects.requireNonNull(takenAt);
            Objects.requireNonNull(lockedUntil);
        }
    }

    /**
     * What becomes of a point.
     *
     * @param reasons why it stays; empty: it goes, because no rule keeps it
     */
    public record Verdict(Point point, Set<Reason> reasons) {

        /** Copies. */
        public Verdict {
            reasons = Set.copyOf(reasons);
        }

        /** Whether it stays. */
        public boolean stays() {
            return !reasons.isEmpty();
        }
    }

    /** Reads the text form; the empty text is a refusal, never a rule that keeps nothing. */
    public static Outcome<Retention> parse(String text) {
        String all = text.strip().toLowerCase(Locale.ROOT);
        if (all.equals("all")) {
            return Outcome.done(ALL);
        }
        Map<Rule, Integer> counts = new EnumMap<>(Rule.class);
        for (String part : all.split(",", 16)) {
            Matcher words = WORDS.matcher(part.strip());
            Optional<Rule> rule = words.matches() ? rule(words.group(1)) : Optional.empty();
            if (rule.isEmpty() || counts.containsKey(rule.get())) {
                return Outcome.refused(
                        TextFault.TEXTS.explain("objectives.retention", part.strip()));
            }
            int count = Integer.parseInt(words.group(2));
            if (count < 1 || count > MOST) {
                return Outcome.refused(
                        TextFault.TEXTS.explain("objectives.retention", part.strip()));
            }
            counts.put(rule.get(), count);
        }
        return Outcome.done(new Retention(counts, false));
    }

    private static Optional<Rule> rule(String word) {
        for (Rule rule : Rule.values()) {
            if (rule.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /**
     * Decides about every point; the answer is in the order of the instants, newest first.
     *
     * @param now for locks
     * @param zone whose hours, days, weeks, months and years are meant
     */
    public List<Verdict> decide(List<Point> points, Instant now, ZoneId zone) {
        List<Point> newestFirst = new ArrayList<>(points);
        newestFirst.sort(Comparator.comparing(Point::takenAt).thenComparing(Point::id).reversed());
        Map<Rule, Set<Object>> periods = new EnumMap<>(Rule.class);
        Map<String, Set<Reason>> reasons = new HashMap<>();
        boolean good = false;
        for (Point point : newestFirst) {
            Set<Reason> why = EnumSet.noneOf(Reason.class);
            if (everything) {
                why.add(Reason.EVERYTHING);
            }
            if (point.pinned()) {
                why.add(Reason.PINNED);
            }
            if (point.lockedUntil().filter(now::isBefore).isPresent()) {
                why.add(Reason.LOCKED);
            }
            if (!point.good()) {
                why.addAll(good ? Set.of() : Set.of(Reason.NEWER_THAN_GOOD));
            } else {
                if (!good) {
                    why.add(Reason.LAST_GOOD);
                }
                good = true;
                byRules(point, zone, periods, why);
            }
            reasons.put(point.id(), why);
        }
        return newestFirst.stream()
                .map(point -> new Verdict(point, reasons.get(point.id())))
                .toList();
    }

    private void byRules(
            Point point, ZoneId zone, Map<Rule, Set<Object>> periods, Set<Reason> why) {
        ZonedDateTime local = point.takenAt().atZone(zone);
        for (Map.Entry<Rule, Integer> entry : counts.entrySet()) {
            Rule rule = entry.getKey();
            Object period = rule == Rule.LAST ? point.id() : PERIODS.get(rule).apply(local);
            Set<Object> seen = periods.computeIfAbsent(rule, _ -> new HashSet<>());
            if (seen.size() < entry.getValue() && seen.add(period)) {
                why.add(Reason.valueOf(rule.name()));
            }
        }
    }

    private static final Map<Rule, Function<ZonedDateTime, Object>> PERIODS =
            Map.of(
                    // With the offset: the hour that a clock put back repeats counts twice.
                    Rule.HOURLY, local -> local.truncatedTo(ChronoUnit.HOURS).toOffsetDateTime(),
                    Rule.DAILY, ZonedDateTime::toLocalDate,
                    Rule.WEEKLY,
                            local ->
                                    local.get(IsoFields.WEEK_BASED_YEAR) * 100
                                            + local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                    Rule.MONTHLY, local -> local.getYear() * 100 + local.getMonthValue(),
                    Rule.YEARLY, ZonedDateTime::getYear);

    /** How far back the rule reaches at most, for forecasts of space; empty: without end. */
    public Optional<Duration> reach() {
        if (everything || counts.containsKey(Rule.LAST)) {
            return Optional.empty();
        }
        Map<Rule, Integer> days =
                Map.of(Rule.DAILY, 1, Rule.WEEKLY, 7, Rule.MONTHLY, 31, Rule.YEARLY, 366);
        long hours = counts.getOrDefault(Rule.HOURLY, 0);
        for (Map.Entry<Rule, Integer> rule : days.entrySet()) {
            hours = Math.max(hours, 24L * rule.getValue() * counts.getOrDefault(rule.getKey(), 0));
        }
        return Optional.of(Duration.ofHours(hours));
    }

    /** The text form, which {@link #parse} reads back. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            if (counts.containsKey(rule)) {
                parts.add(rule.name().toLowerCase(Locale.ROOT) + ' ' + counts.get(rule));
            }
        }
        return everything ? "all" : String.join(", ", parts);
    }
}
