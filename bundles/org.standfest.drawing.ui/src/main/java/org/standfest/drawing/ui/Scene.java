package org.standfest.drawing.ui;

import java.util.List;

/**
 * A whole drawing. Immutable.
 *
 * @param figures the outermost figures
 * @param wires the lines between them
 */
public record Scene(List<Figure> figures, List<Wire> wires) {

    private static final double MARGIN = 24;

    /** A drawing of nothing. */
    public static final Scene EMPTY = new Scene(List.of(), List.of());

    /** Copies. */
    public Scene {
        figures = List.copyOf(figures);
        wires = List.copyOf(wires);
    }

    /** The smallest rectangle around everything, with a margin. */
    public Box bounds() {
        Box around = null;
        for (Figure figure : figures) {
            around = around == null ? figure.box() : around.and(figure.box());
        }
        for (Wire wire : wires) {
            Box reach = wire.bounds().and(wire.label().isEmpty() ? wire.bounds() : label(wire));
            around = around == null ? reach : around.and(reach);
        }
        return around == null ? new Box(0, 0, 1, 1) : around.grown(MARGIN);
    }

    /** About what its label covers; exact enough to leave room for it. */
    private static Box label(Wire wire) {
        double width = wire.label().length() * 6.0 + 12;
        return new Box(wire.anchor().x() - width / 2, wire.anchor().y() - 9, width, 18);
    }
}
