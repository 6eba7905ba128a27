package org.standfest.restore.ui.internal.overview;

import org.standfest.management.Action;
import org.standfest.workbench.ui.look.Light;

import java.util.List;
import java.util.Optional;

/**
 * What the card of one system says, in the reader's words. Two equal cards look the same.
 *
 * @param id the system
 * @param name its name for people
 * @param files whether it is files only
 * @param light its light
 * @param state its state in words
 * @param sentence the one sentence: is it safe, and what may I do now?
 * @param facts short facts, each without a full stop
 * @param primary what the one button does; empty if there is nothing sensible to do
 * @param others what else may be asked for, or why not
 * @param progress what is under way
 */
public record SystemCard(
        String id,
        String name,
        boolean files,
        Light light,
        String state,
        String sentence,
        List<String> facts,
        Optional<Choice> primary,
        List<Choice> others,
        Optional<Progress> progress) {

    /** Copies. */
    public SystemCard {
        facts = List.copyOf(facts);
        others = List.copyOf(others);
    }

    /**
     * Something that can be asked for.
     *
     * @param action what
     * @param label the button's words
     * @param whyNot why it cannot be done now; empty if it can
     */
    public record Choice(Action action, String label, String whyNot) {

        /** Whether it can be done now. */
        public boolean possible() {
            return whyNot.isEmpty();
        }
    }

    /**
     * Work that is under way.
     *
     * @param operationId the operation
     * @param words step and remaining time
     * @param percent 0 to 100; -1 if not known
     * @param cancellable whether a cancel is safe now
     * @param guided whether a guide follows it
     */
    public record Progress(
            String operationId, String words, int percent, boolean cancellable, boolean guided) {}
}
