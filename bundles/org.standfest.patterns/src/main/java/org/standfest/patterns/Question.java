package org.standfest.patterns;

import java.util.List;
import java.util.Objects;

/**
 * Something that a pattern asks before it is laid.
 *
 * @param id which; unique in the pattern
 * @param text the question in the reader's language, with its unit
 * @param choices what can be answered; empty: a whole number
 * @param least the smallest number, where it is one
 * @param most the largest number, where it is one
 * @param preset the answer if nobody gives another: a number, or the id of a choice
 */
public record Question(
        String id, String text, List<Choice> choices, int least, int most, String preset) {

    /**
     * A possible answer.
     *
     * @param id which
     * @param text in the reader's language
     */
    public record Choice(String id, String text) {}

    /** Copies and checks. */
    public Question {
        Objects.requireNonNull(id);
        Objects.requireNonNull(text);
        choices = List.copyOf(choices);
        if (!choices.isEmpty() && choices.stream().noneMatch(it -> it.id().equals(preset))) {
            throw new IllegalArgumentException(id + ": " + preset + " is no choice");
        }
    }

    /** A question for a whole number. */
    public static Question number(String id, String text, int least, int most, int preset) {
        return new Question(id, text, List.of(), least, most, String.valueOf(preset));
    }

    /** A question with choices; the first one is preset. */
    public static Question choice(String id, String text, List<Choice> choices) {
        return new Question(id, text, choices, 0, 0, choices.getFirst().id());
    }

    /** Whether an answer fits. */
    public boolean accepts(String answer) {
        if (!choices.isEmpty()) {
            return choices.stream().anyMatch(it -> it.id().equals(answer));
        }
        try {
            int number = Integer.parseInt(answer.strip());
            return number >= least && number <= most;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
