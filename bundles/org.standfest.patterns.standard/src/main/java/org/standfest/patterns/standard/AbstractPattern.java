package org.standfest.patterns.standard;

import org.standfest.patterns.Answers;
import org.standfest.patterns.Pattern;
import org.standfest.patterns.Question;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.Element;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the standard patterns have in common: their words, and how many systems to draw. */
abstract class AbstractPattern implements Pattern {

    static final String SYSTEMS = "systems";
    private static final int SYSTEMS_PRESET = 4;
    private static final Catalog TEXTS = Workshop.TEXTS;

    private final String key;

    /**
     * @param key behind {@code standfest.} in the id, and before the texts' names
     */
    AbstractPattern(String key) {
        this.key = key;
    }

    @Override
    public final String id() {
        return "standfest." + key;
    }

    @Override
    public final String name(Locale locale) {
        return TEXTS.text(locale, key + ".name");
    }

    @Override
    public final String summary(Locale locale) {
        return TEXTS.text(locale, key + ".summary");
    }

    @Override
    public final List<Question> questions(
            Topology topology, List<? extends Element> selection, Locale locale) {
        List<Question> all = new ArrayList<>();
        if (Workshop.systems(selection).isEmpty()) {
            all.add(number(locale, SYSTEMS, 1, 50, SYSTEMS_PRESET));
        }
        all.addAll(more(locale));
        return all;
    }

    /** What it asks beside the number of systems. */
    abstract List<Question> more(Locale locale);

    static Question number(Locale locale, String id, int least, int most, int preset) {
        return Question.number(id, TEXTS.text(locale, "ask." + id), least, most, preset);
    }

    static Question choice(Locale locale, String id, String... choices) {
        List<Question.Choice> all = new ArrayList<>();
        for (String each : choices) {
            all.add(new Question.Choice(each, TEXTS.text(locale, "ask." + id + '.' + each)));
        }
        return Question.choice(id, TEXTS.text(locale, "ask." + id), all);
    }

    @Override
    public final Outcome<Void> lay(Place place, Answers answers) {
        if (onlyGuests()
                && Workshop.systems(place.selection()).stream()
                        .anyMatch(it -> !(it instanceof VirtualMachine))) {
            return Outcome.refused(TEXTS.explain("pattern.only-guests", name(place.locale())));
        }
        Workshop workshop = new Workshop(place);
        List<Workload> systems = workshop.systems(answers.number(SYSTEMS, SYSTEMS_PRESET));
        draw(workshop, systems, answers);
        return Outcome.done();
    }

    /** Whether it moves virtual machines, so that a physical server cannot take part. */
    boolean onlyGuests() {
        return true;
    }

    /** Draws it. */
    abstract void draw(Workshop workshop, List<Workload> systems, Answers answers);
}
