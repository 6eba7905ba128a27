package org.standfest.replication.objectives;

import org.standfest.results.Explanation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Does a session look like the work of extortion: suddenly much changed, and what changed can
 * suddenly not be compressed? Judged against the system's own history with median and MAD (median
 * absolute deviation, times 1.4826 the standard deviation of a normal distribution), which a few
 * odd sessions do not move. Stateless, safe for any thread.
 *
 * <p>Change jumps when the logarithm (base 2) of the changed MiB, scaled down to the usual time
 * between two sessions where more has passed, lies {@value #JUMP_DEVIATIONS} deviations above the
 * median ({@value #JOINT_DEVIATIONS} where the content is unusual, too; each at least {@value
 * #LEAST_DEVIATION}, that is a factor of 1.4), is {@value #JUMP_FACTOR} times the largest there was
 * (of incompressible sessions, where this one is unusually so), and is {@value #JUMP_SHARE} of the
 * system. Content is unusually incompressible when it keeps {@value #INCOMPRESSIBLE} of its size,
 * {@value #INCOMPRESSIBLE_JUMP} more than the median and as much as nineteen of twenty sessions.
 *
 * <p>Alarm: both together; or a change jump of {@value #BLIND_SHARE} of a system whose content is
 * never compressible; or, against whoever goes slowly, {@value #CREEPING_SHARE} of the system
 * within {@link #CREEPING_TIME} in unusually incompressible sessions. Watch: a change jump of
 * {@value #WATCH_SHARE} alone, or unusual content alone. With fewer than {@value #LEAST_HISTORY}
 * sessions there is no usual, and nothing beyond watch.
 */
public final class ChangeAlarm {

    /** Sessions needed to know what is usual. */
    public static final int LEAST_HISTORY = 8;

    /** Sessions that are looked back at. */
    public static final int MOST_HISTORY = 400;

    /** Deviations above the median. */
    public static final double JUMP_DEVIATIONS = 5;

    /** Deviations that suffice where the content is unusually incompressible, too. */
    public static final double JOINT_DEVIATIONS = 3;

    /** The least deviation, in powers of two. */
    public static final double LEAST_DEVIATION = 0.5;

    /** Times the largest session of the history. */
    public static final double JUMP_FACTOR = 1.5;

    /** Share of the system that has to have changed for a jump to matter. */
    public static final double JUMP_SHARE = 0.05;

    /** What compression leaves of content that is encrypted, or packed already. */
    public static final double INCOMPRESSIBLE = 0.9;

    /** How far above the usual. */
    public static final double INCOMPRESSIBLE_JUMP = 0.2;

    private static final double HARD = 0.8;

    /** Share of a system that is never compressible. */
    public static final double BLIND_SHARE = 0.2;

    /** Share that matters when it comes slowly. */
    public static final double CREEPING_SHARE = 0.1;

    /** Within which time. */
    public static final Duration CREEPING_TIME = Duration.ofHours(48);

    /** Share that is worth a look without anything else. */
    public static final double WATCH_SHARE = 0.3;

    /** Share below which unusual content alone is not worth a look. */
    public static final double WATCH_CONTENT_SHARE = 0.02;

    /** Content below this says nothing about compression: 1 MiB. */
    public static final long LEAST_CONTENT_BYTES = 1 << 20;

    /**
     * A session as the alarm sees it.
     *
     * @param since the time since the session before
     * @param totalBytes the size of the system's content
     * @param changedBytes how much of it had changed
     * @param incompressibility what compression left, 0 to 1; negative: unknown
     */
    public record Sample(
            Instant takenAt,
            Duration since,
            long totalBytes,
            long changedBytes,
            double incompressibility) {

        /** From the record of a committed session and the instant of the one before. */
        public static Sample of(SessionRecord session, Instant before) {
            Duration since = Duration.between(before, session.takenAt());
            return new Sample(
                    session.takenAt(),
                    since.isNegative() ? Duration.ZERO : since,
                    session.totalBytes(),
                    session.changedBytes(),
                    session.contentBytes() < LEAST_CONTENT_BYTES
                            ? -1
                            : Math.min(1, session.wireBytes() / (double) session.contentBytes()));
        }

        double share() {
            return totalBytes <= 0 ? 0 : Math.min(1, changedBytes / (double) totalBytes);
        }
    }

    /** How serious. */
    public enum Level {
        /** As usual. */
        QUIET,
        /** Worth a look; nothing is stopped. */
        WATCH,
        /** Keep the last good points, remove nothing, ask a person. */
        ALARM
    }

    /** What speaks for it. */
    public enum Kind {
        /** Much more changed than usual: changed bytes. */
        CHANGE_JUMP,
        /** Content that cannot be compressed: share that compression leaves. */
        INCOMPRESSIBLE,
        /** Incompressible content that adds up: share of the system. */
        CREEPING,
        /** Much of a system changed before anything is known of it: share of the system. */
        NO_HISTORY
    }

    /**
     * One reason, with its figures.
     *
     * @param value what was found
     * @param usual what is usual
     * @param threshold from which value on it counts
     */
    public record Reason(Kind kind, double value, double usual, double threshold) {

        /** The reason in words. */
        public Explanation explanation(String system) {
            return switch (kind) {
                case CHANGE_JUMP ->
                        explain("objectives.alarm-change", system, value / 1e6, usual / 1e6);
                case INCOMPRESSIBLE ->
                        explain("objectives.alarm-content", system, value * 100, usual * 100);
                case CREEPING -> explain("objectives.alarm-creeping", system, value * 100, 48);
                case NO_HISTORY -> explain("objectives.alarm-no-history", system, value * 100, 0);
            };
        }

        private static Explanation explain(String code, String system, double found, double usual) {
            return TextFault.TEXTS.explain(code, system, Math.round(found), Math.round(usual));
        }
    }

    /** What a session looks like. */
    public record Verdict(Level level, List<Reason> reasons) {

        /** Copies. */
        public Verdict {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Judges a session.
     *
     * @param history the sessions before it in the order of time, without first copies and without
     *     those that raised an alarm which nobody has called harmless
     */
    public Verdict judge(List<Sample> history, Sample session) {
        List<Sample> known =
                history.subList(Math.max(0, history.size() - MOST_HISTORY), history.size());
        if (known.size() < LEAST_HISTORY) {
            boolean odd = session.share() >= 0.5 && session.incompressibility() >= INCOMPRESSIBLE;
            return new Verdict(
                    odd ? Level.WATCH : Level.QUIET,
                    odd
                            ? List.of(new Reason(Kind.NO_HISTORY, session.share(), 0, 0.5))
                            : List.of());
        }
        Usual content = Usual.of(known.stream().mapToDouble(Sample::incompressibility));
        Optional<Reason> odd = incompressible(content, session);
        Optional<Reason> jump = changeJump(known, session, odd.isPresent());
        Optional<Reason> creeping = creeping(known, content, session);
        List<Reason> reasons = new ArrayList<>();
        jump.ifPresent(reasons::add);
        odd.ifPresent(reasons::add);
        creeping.ifPresent(reasons::add);
        boolean blind = content.median >= INCOMPRESSIBLE - INCOMPRESSIBLE_JUMP;
        boolean alarm =
                jump.isPresent() && odd.isPresent()
                        || jump.isPresent() && blind && session.share() >= BLIND_SHARE
                        || creeping.isPresent();
        boolean watch =
                jump.isPresent() && session.share() >= WATCH_SHARE
                        || odd.isPresent() && session.share() >= WATCH_CONTENT_SHARE;
        Level level = alarm ? Level.ALARM : watch ? Level.WATCH : Level.QUIET;
        return new Verdict(level, level == Level.QUIET ? List.of() : reasons);
    }

    private static Optional<Reason> changeJump(List<Sample> known, Sample session, boolean odd) {
        double usualSeconds =
                Usual.of(known.stream().mapToDouble(one -> one.since().toSeconds())).median;
        Usual usual = Usual.of(known.stream().mapToDouble(one -> log(scaled(one, usualSeconds))));
        // The weekly rebuild of a database must not hide that as much was encrypted.
        Usual rivals =
                Usual.of(
                        known.stream()
                                .filter(one -> !odd || one.incompressibility() >= HARD)
                                .mapToDouble(one -> log(scaled(one, usualSeconds))));
        double changed = scaled(session, usualSeconds);
        double deviations = odd ? JOINT_DEVIATIONS : JUMP_DEVIATIONS;
        double deviation = Math.max(usual.deviation, LEAST_DEVIATION);
        double threshold =
                Math.max(
                        Math.pow(2, usual.median + deviations * deviation) * (1 << 20),
                        JUMP_FACTOR * Math.pow(2, rivals.largest) * (1 << 20));
        boolean jumps = changed >= threshold && session.share() >= JUMP_SHARE;
        return jumps
                ? Optional.of(
                        new Reason(
                                Kind.CHANGE_JUMP,
                                changed,
                                Math.pow(2, usual.median) * (1 << 20),
                                threshold))
                : Optional.empty();
    }

    /** After a long pause much has changed: that is not a jump. */
    private static double scaled(Sample sample, double usualSeconds) {
        double seconds = sample.since().toSeconds();
        return seconds <= usualSeconds || usualSeconds <= 0
                ? sample.changedBytes()
                : sample.changedBytes() * usualSeconds / seconds;
    }

    private static double log(double bytes) {
        return Math.log(1 + bytes / (1 << 20)) / Math.log(2);
    }

    private static Optional<Reason> incompressible(Usual content, Sample session) {
        double threshold =
                Math.max(
                        INCOMPRESSIBLE,
                        Math.max(content.median + INCOMPRESSIBLE_JUMP, content.nineteenOfTwenty));
        boolean odd = content.count > 0 && session.incompressibility() >= threshold;
        return odd
                ? Optional.of(
                        new Reason(
                                Kind.INCOMPRESSIBLE,
                                session.incompressibility(),
                                content.median,
                                threshold))
                : Optional.empty();
    }

    private static Optional<Reason> creeping(List<Sample> known, Usual content, Sample session) {
        Instant from = session.takenAt().minus(CREEPING_TIME);
        List<Sample> before = known.stream().filter(one -> !one.takenAt().isAfter(from)).toList();
        if (before.size() < LEAST_HISTORY || incompressible(content, session).isEmpty()) {
            return Optional.empty();
        }
        // What is usual is what was so before these two days.
        Usual usual = Usual.of(before.stream().mapToDouble(Sample::incompressibility));
        double sum = session.share();
        int sessions = 1;
        for (Sample one : known) {
            if (one.takenAt().isAfter(from) && incompressible(usual, one).isPresent()) {
                sum += one.share();
                sessions++;
            }
        }
        return sessions >= 2 && sum >= CREEPING_SHARE
                ? Optional.of(new Reason(Kind.CREEPING, Math.min(1, sum), 0, CREEPING_SHARE))
                : Optional.empty();
    }

    /** What is usual: negative values are unknown ones and left out. */
    private record Usual(
            int count, double median, double deviation, double nineteenOfTwenty, double largest) {

        static Usual of(DoubleStream values) {
            double[] sorted = values.filter(value -> value >= 0).sorted().toArray();
            if (sorted.length == 0) {
                return new Usual(0, 0, 0, 0, 0);
            }
            double median = median(sorted);
            double[] apart =
                    Arrays.stream(sorted).map(value -> Math.abs(value - median)).sorted().toArray();
            return new Usual(
                    sorted.length,
                    median,
                    1.4826 * median(apart),
                    sorted[(int) Math.min(sorted.length - 1L, Math.round(0.95 * sorted.length))],
                    sorted[sorted.length - 1]);
        }

        private static double median(double[] sorted) {
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }
    }
}
