package org.standfest.demo;

import org.standfest.command.Console;
import org.standfest.results.Catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The journey as it happens: prints each phase with its progress and keeps the results for the
 * table and the reports. Used by the thread that walks; {@link #progress} by any.
 */
final class Course {

    private static final Catalog TEXTS = Catalog.beside(Course.class);
    private static final int LINE_COLUMNS = 100;

    private final Console out;
    private final Locale locale;
    private final boolean rewriteLines;
    private final InstantSource clock;
    private final List<Phase> phases = new ArrayList<>();
    private String shown = "";

    /**
     * @param rewriteLines whether the output is a terminal, where progress may overwrite itself
     */
    Course(Console out, Locale locale, boolean rewriteLines, InstantSource clock) {
        this.out = out;
        this.locale = locale;
        this.rewriteLines = rewriteLines;
        this.clock = clock;
    }

    /** One phase's work: what travelled and one sentence of facts. */
    interface Work {
        Facts run() throws JourneyFault, InterruptedException;
    }

    /**
     * What a phase has to tell.
     *
     * @param bytes what travelled
     * @param detail one sentence, in the reader's language
     */
    record Facts(long bytes, String detail) {}

    /** Walks one phase. A fault is noted with its reason and passed on. */
    void phase(String key, Work work) throws JourneyFault, InterruptedException {
        String title = text("phase." + key);
        Instant start = clock.instant();
        out.printf("%2d  %s%n", phases.size() + 1, title);
        try {
            Facts facts = work.run();
            note(key, title, start, facts.bytes(), Phase.Verdict.PASSED, facts.detail());
        } catch (JourneyFault fault) {
            note(key, title, start, 0, Phase.Verdict.FAILED, fault.reason().happened(locale));
            throw fault;
        } catch (InterruptedException cancelled) {
            note(key, title, start, 0, Phase.Verdict.CANCELLED, "");
            throw cancelled;
        }
    }

    private void note(
            String key,
            String title,
            Instant start,
            long bytes,
            Phase.Verdict verdict,
            String detail) {
        Duration took = Duration.between(start, clock.instant());
        phases.add(new Phase(key, title, start, took, bytes, verdict, detail));
        clear();
        boolean passed = verdict == Phase.Verdict.PASSED;
        out.printf(
                locale,
                "    %s  %s%n",
                passed ? "✓" : "✗",
                join(text(passed ? "took" : "after", seconds(took)), detail));
        out.flush();
    }

    /** Shows how far the running phase is; only on a terminal. */
    synchronized void progress(String line) {
        if (!rewriteLines || line.equals(shown)) {
            return;
        }
        String cut = line.length() > LINE_COLUMNS ? line.substring(0, LINE_COLUMNS) : line;
        out.print("\r    " + cut + " ".repeat(Math.max(0, shown.length() - cut.length())));
        out.flush();
        shown = cut;
    }

    private synchronized void clear() {
        if (rewriteLines && !shown.isEmpty()) {
            out.print("\r" + " ".repeat(shown.length() + 4) + "\r");
            shown = "";
        }
    }

    /** The reader's language. */
    Locale locale() {
        return locale;
    }

    /** The phases so far. */
    List<Phase> phases() {
        return List.copyOf(phases);
    }

    /** A text of the demo's catalog. */
    String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }

    /** Seconds with one decimal in the reader's notation. */
    String seconds(Duration duration) {
        return String.format(locale, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** A number of bytes as people read it, in powers of 1024. */
    String bytes(long bytes) {
        if (bytes < 1024) {
            return String.format(locale, "%d B", bytes);
        }
        if (bytes < 1 << 20) {
            return String.format(locale, "%.1f KiB", bytes / 1024.0);
        }
        return String.format(locale, "%.1f MiB", bytes / (double) (1 << 20));
    }

    /** The table at the end: phase, duration, bytes, verdict. */
    void printTable() {
        int width = phases.stream().mapToInt(it -> it.title().length()).max().orElse(0);
        String row = "%-" + width + "s  %9s  %11s  %s%n";
        out.println();
        out.printf(
                row,
                text("table.phase"),
                text("table.duration"),
                text("table.bytes"),
                text("table.verdict"));
        out.println("-".repeat(width + 36));
        for (Phase phase : phases) {
            out.printf(
                    row,
                    phase.title(),
                    seconds(phase.duration()),
                    phase.bytes() == 0 ? "" : bytes(phase.bytes()),
                    verdict(phase.verdict()));
        }
    }

    /** The word for a verdict. */
    String verdict(Phase.Verdict verdict) {
        return text("verdict." + verdict.name().toLowerCase(Locale.ROOT));
    }

    private static String join(String first, String second) {
        return second.isEmpty() ? first : first + " · " + second;
    }
}
