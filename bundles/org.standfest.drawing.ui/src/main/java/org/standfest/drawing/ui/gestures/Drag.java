package org.standfest.drawing.ui.gestures;

import java.util.List;
import java.util.Optional;

/**
 * Figures in the hand.
 *
 * @param ids which, never empty
 * @param dx how far to the right, in drawing units, snapped
 * @param dy how far down, in drawing units, snapped
 * @param target the innermost figure below the pointer that is not itself in the hand
 * @param copy whether a copy is dragged
 */
public record Drag(List<String> ids, double dx, double dy, Optional<String> target, boolean copy) {

    /** Copies. */
    public Drag {
        ids = List.copyOf(ids);
    }
}
