package org.standfest.drawing.ui.gestures;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Spot;

import java.util.Optional;
import java.util.Set;

/**
 * What a person may do to what a drawing stands for: asked while it is in the hand, told when it is
 * let go. Every answer comes at once; by default nothing may be done. One thread.
 */
public interface Editing {

    /** A drawing that is only looked at. */
    Editing NONE = new Editing() {};

    /** Something was double-clicked, or Enter was pressed on it. */
    default void open(String id) {}

    /** Whether a figure can be dragged. */
    default boolean movable(String id) {
        return false;
    }

    /** Whether a figure's edges can be dragged. */
    default boolean resizable(String id) {
        return false;
    }

    /** Whether lines can be drawn from a figure. */
    default boolean connectable(String id) {
        return false;
    }

    /** Whether figures in the hand may be let go; asked at each move, answers at once. */
    default Verdict over(Drag drag) {
        return Verdict.FINE;
    }

    /** Figures were let go where they may. */
    default void drop(Drag drag) {}

    /** A figure got another size. */
    default void resize(String id, Box box) {}

    /** Whether a line from one to another figure means something. */
    default Verdict overConnection(String from, String to) {
        return Verdict.refused("");
    }

    /** A line was drawn. */
    default void connect(String from, String to) {}

    /** Whether the tool in the hand may be used on a figure. */
    default Verdict overTool(String tool, Optional<String> target) {
        return Verdict.FINE;
    }

    /** The tool in the hand was used. */
    default void use(String tool, Spot spot, Optional<String> target) {}

    /** How large a thing is that a tool makes. */
    default Box size(String tool) {
        return new Box(0, 0, 160, 60);
    }

    /** Figures are moved by keys. */
    default void nudge(Set<String> ids, double dx, double dy) {}

    /** The name of a figure to be edited in place; empty where it cannot be. */
    default Optional<String> name(String id) {
        return Optional.empty();
    }

    /** A figure got another name. */
    default void rename(String id, String name) {}

    /** What is said about a figure when the pointer rests on it; empty for nothing. */
    default String tip(String id) {
        return "";
    }

    /** What somebody is told who cannot see a figure. */
    default String spoken(String id) {
        return tip(id);
    }
}
