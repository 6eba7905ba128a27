package org.standfest.analysis.whatif;

import org.standfest.results.Catalog;
import org.standfest.topology.edit.ElementWords;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** A course in the words of one language. Immutable, safe for any thread. */
public final class CourseText {

    private static final Catalog TEXTS = Catalog.beside(CourseText.class);
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private final Locale locale;
    private final ElementWords words;

    /** In a language. */
    public CourseText(Locale locale) {
        this.locale = locale;
        this.words = new ElementWords(locale);
    }

    /** Every event with its time, then what becomes of each service. */
    public List<String> lines(Course course) {
        List<String> lines = new ArrayList<>();
        course.events().forEach(it -> lines.add(after(it.atSeconds()) + "  " + sentence(it)));
        lines.add("");
        course.services().forEach(it -> lines.add(sentence(it)));
        return lines;
    }

    /** One event as a sentence. */
    public String sentence(Course.Event event) {
        String what = words.label(event.element());
        String by = event.by().map(words::label).orElse("");
        String place = event.place().map(words::label).orElse("");
        String said = TEXTS.text(locale, "event." + event.kind().name(), what, by, place);
        return event.person() ? said + ' ' + TEXTS.text(locale, "person") : said;
    }

    /** What becomes of a service as a sentence. */
    public String sentence(Course.Fate fate) {
        String name = words.label(fate.service());
        if (fate.untouched()) {
            return TEXTS.text(locale, "fate.untouched", name);
        }
        String said =
                TEXTS.text(
                        locale,
                        fate.backSeconds().isPresent() ? "fate.back" : "fate.waits",
                        name,
                        back(fate.backSeconds()),
                        lost(fate));
        return said + missed(fate);
    }

    private String missed(Course.Fate fate) {
        return (fate.rtoMet() ? "" : ' ' + TEXTS.text(locale, "missed.rto"))
                + (fate.rpoMet() ? "" : ' ' + TEXTS.text(locale, "missed.rpo"));
    }

    /** When it is back. */
    public String back(OptionalLong seconds) {
        return seconds.isPresent()
                ? duration(seconds.getAsLong())
                : TEXTS.text(locale, "after-repair");
    }

    /** What is lost. */
    public String lost(Course.Fate fate) {
        if (fate.lostSeconds().isEmpty()) {
            return TEXTS.text(locale, "unknown");
        }
        long seconds = fate.lostSeconds().getAsLong();
        return seconds == 0
                ? TEXTS.text(locale, "nothing")
                : TEXTS.text(locale, "up-to", duration(seconds));
    }

    private String after(long seconds) {
        return String.format(
                locale, "%3d:%02d:%02d", seconds / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    }

    /** A duration as people say it. */
    public String duration(long seconds) {
        StringJoiner parts = new StringJoiner(" ");
        parts.setEmptyValue(TEXTS.text(locale, "seconds", 0));
        part(parts, "hours", seconds / HOUR);
        part(parts, "minutes", seconds % HOUR / MINUTE);
        part(parts, "seconds", seconds % MINUTE);
        return parts.toString();
    }

    private void part(StringJoiner parts, String unit, long count) {
        if (count > 0) {
            parts.add(TEXTS.text(locale, unit, count));
        }
    }
}
