package org.standfest.drawing.ui.gestures;

/** What happened to pointer or keys; places are points of the window. */
public sealed interface Input {

    /**
     * A button went down.
     *
     * @param button 1 for the first, 2 for the middle one
     * @param more whether it adds to the selection (Shift or Ctrl)
     * @param fork whether a copy is meant (Ctrl)
     */
    record Press(double x, double y, int button, boolean more, boolean fork) implements Input {}

    /**
     * The pointer moved.
     *
     * @param fork whether a copy is meant (Ctrl)
     * @param free whether nothing snaps (Alt)
     */
    record Move(double x, double y, boolean fork, boolean free) implements Input {}

    /** A button came up. */
    record Release(double x, double y, int button) implements Input {}

    /** The first button was pressed twice. */
    record DoubleClick(double x, double y) implements Input {}

    /**
     * The wheel was turned.
     *
     * @param clicks away from the person is positive
     * @param sideways whether it moves to the side (Shift)
     * @param along whether it moves up and down instead of zooming (Alt)
     */
    record Wheel(double x, double y, int clicks, boolean sideways, boolean along)
            implements Input {}

    /** The space bar went down or came up. */
    record Space(boolean down) implements Input {}

    /** Escape, or the window lost its pointer. */
    record Abort() implements Input {}
}
