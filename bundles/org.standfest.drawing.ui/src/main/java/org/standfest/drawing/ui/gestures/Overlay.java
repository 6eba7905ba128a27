package org.standfest.drawing.ui.gestures;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Spot;

import java.util.List;
import java.util.Optional;

/** What is drawn above a scene while something is in the hand. */
public sealed interface Overlay {

    /** What would happen to what is in the hand, or why it must not. */
    default Verdict verdict() {
        return Verdict.FINE;
    }

    /** Nothing. */
    record None() implements Overlay {}

    /** A rubber band. */
    record Band(Box frame) implements Overlay {}

    /**
     * Figures in the hand.
     *
     * @param boxes where they would come to lie
     * @param target what they would come to lie in
     * @param guides lines they snap to
     * @param verdict whether they may
     * @param at where the pointer is
     */
    record Ghosts(
            List<Box> boxes,
            Optional<Box> target,
            List<List<Spot>> guides,
            Verdict verdict,
            Spot at)
            implements Overlay {}

    /** A line that is being drawn. */
    record Thread(Spot from, Spot to, Optional<Box> target, Verdict verdict) implements Overlay {}

    /** Nothing is in the hand. */
    Overlay NONE = new None();
}
