package org.standfest.restore.ui.internal.guide;

import org.standfest.workbench.ui.look.Light;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one page of a guide says, in the reader's words. Two equal pages look the same.
 *
 * @param place guide and number, for example "Start on the standby, step 2 of 5"
 * @param title the question
 * @param lines at most three lines of text
 * @param choices what may be chosen, at most one of them chosen
 * @param facts what is known, as lights
 * @param work the steps of the plan and how far they are
 * @param pledge what the person confirms before the dangerous button works; empty if nothing
 * @param next what happens next, and how long it took last time; may be empty
 * @param call whom to call; empty while all is well
 * @param picture a picture as PNG in Base64; empty if there is none
 * @param acts the buttons, from left to right
 */
public record GuidePage(
        String place,
        String title,
        List<String> lines,
        List<Choice> choices,
        List<Fact> facts,
        Optional<Work> work,
        String pledge,
        String next,
        Optional<Call> call,
        String picture,
        List<Act> acts) {

    /** Copies. */
    public GuidePage {
        lines = List.copyOf(lines);
        choices = List.copyOf(choices);
        facts = List.copyOf(facts);
        acts = List.copyOf(acts);
    }

    /**
     * Something known.
     *
     * @param light how good it is
     * @param word the light's word here
     * @param sentence what it is, in one sentence
     */
    public record Fact(Light light, String word, String sentence) {}

    /**
     * Something that may be chosen.
     *
     * @param id names it
     * @param label what it is
     * @param detail one sentence about it; may be empty
     * @param chosen whether it is the chosen one
     */
    public record Choice(String id, String label, String detail, boolean chosen) {

        /** The same, not chosen. */
        public Choice unmarked() {
            return new Choice(id, label, detail, false);
        }
    }

    /**
     * Work, before or while it is done.
     *
     * @param percent 0 to 100; -1 before it is begun and after its end
     * @param words step and remaining time; empty before it is begun and after its end
     * @param steps all steps
     */
    public record Work(int percent, String words, List<WorkStep> steps) {
        /** Copies. */
        public Work {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A step of the work.
     *
     * @param light how far it is
     * @param word the light's word here, for people who do not see it
     * @param name what it does
     * @param detail how long it took, or what went wrong
     */
    public record WorkStep(Light light, String word, String name, String detail) {}

    /**
     * Whom to call and what to say.
     *
     * @param number the number as it is dialled; empty if nobody is named
     * @param words who answers there, or whom to call
     * @param code the code to read out
     */
    public record Call(String number, String words, String code) {}

    /** Where a button leads. */
    public enum Move {
        /** To the page before. */
        BACK,
        /** To the next page. */
        NEXT,
        /** To the cards. */
        LEAVE,
        /** Tells the standby that the system has failed; then the next page. */
        REPORT,
        /** Begins the work. */
        BEGIN,
        /** Begins it although the standby could not prove what it wanted to. */
        BEGIN_ANYWAY,
        /** Takes the work back. */
        CANCEL,
        /** Lets a way home that waits for its window go on at once. */
        NOW,
        /** Has a code made for the agent of a new machine. */
        INVITE,
        /** Opens the emergency sheet. */
        PRINT,
        /** Takes back that a second person was asked. */
        WITHDRAW,
        /** Goes on with the way home. */
        HOME
    }

    /**
     * A button.
     *
     * @param move where it leads
     * @param label what it does, never "OK"
     * @param kind how it looks
     * @param whyNot why it cannot be pressed; empty if it can
     */
    public record Act(Move move, String label, Kind kind, String whyNot) {
        /** How a button looks. */
        public enum Kind {
            /** Harmless, on the left. */
            ASIDE,
            /** An ordinary one, on the right. */
            PLAIN,
            /** The one that goes on. */
            PRIMARY
        }
    }

    /** Collects a page. Not for several threads. */
    static final class Builder {
        private final String place;
        private final String title;
        private final List<String> lines = new ArrayList<>();
        private final List<Choice> choices = new ArrayList<>();
        private final List<Fact> facts = new ArrayList<>();
        private final List<Act> acts = new ArrayList<>();
        private Optional<Work> work = Optional.empty();
        private Optional<Call> call = Optional.empty();
        private String pledge = "";
        private String next = "";
        private String picture = "";

        Builder(String place, String title) {
            this.place = Objects.requireNonNull(place);
            this.title = Objects.requireNonNull(title);
        }

        Builder line(String text) {
            if (!text.isBlank()) {
                lines.add(text);
            }
            return this;
        }

        Builder choice(Choice choice) {
            choices.add(choice);
            return this;
        }

        Builder fact(Light light, String word, String sentence) {
            facts.add(new Fact(light, word, sentence));
            return this;
        }

        Builder facts(List<Fact> more) {
            facts.addAll(more);
            return this;
        }

        Builder work(Work steps) {
            work = Optional.of(steps);
            return this;
        }

        Builder pledge(String text) {
            pledge = text;
            return this;
        }

        Builder next(String text) {
            next = text;
            return this;
        }

        Builder call(Call whom) {
            call = Optional.of(whom);
            return this;
        }

        Builder picture(String png) {
            picture = png;
            return this;
        }

        Builder aside(Move move, String label) {
            acts.add(new Act(move, label, Act.Kind.ASIDE, ""));
            return this;
        }

        Builder plain(Move move, String label) {
            acts.add(new Act(move, label, Act.Kind.PLAIN, ""));
            return this;
        }

        Builder primary(Move move, String label, String whyNot) {
            acts.add(new Act(move, label, Act.Kind.PRIMARY, whyNot));
            return this;
        }

        Builder primary(Move move, String label) {
            return primary(move, label, "");
        }

        GuidePage build() {
            return new GuidePage(
                    place, title, lines, choices, facts, work, pledge, next, call, picture, acts);
        }
    }
}
