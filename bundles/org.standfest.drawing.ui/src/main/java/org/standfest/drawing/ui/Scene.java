package org.standfest.drawing.ui;

import java.util.List;
import java.util.Optional;

/**
 * A whole drawing. Immutable.
 *
 * @param figures the outermost figures
 * @param wires the lines between them
 */
public record Scene(List<Figure> figures, List<Wire> wires) {

    private static final double MARGIN = 24;
    private static final double NEAR = 5;

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

    /** What lies at a point, the innermost first; lines before areas. */
    public Optional<String> at(Spot spot) {
        Optional<Figure> hit = figureAt(figures, spot);
        if (hit.isPresent() && hit.get().form() != Figure.Form.AREA) {
            return hit.map(Figure::id);
        }
        Optional<String> wire =
                wires.stream()
                        .filter(line -> line.bounds().grown(NEAR).contains(spot))
                        .filter(line -> line.distance(spot) <= NEAR)
                        .map(Wire::id)
                        .findFirst();
        return wire.or(() -> hit.map(Figure::id));
    }

    private static Optional<Figure> figureAt(List<Figure> among, Spot spot) {
        for (int i = among.size() - 1; i >= 0; i--) {
            Figure figure = among.get(i);
            if (figure.box().contains(spot)) {
                return figureAt(figure.children(), spot).or(() -> Optional.of(figure));
            }
        }
        return Optional.empty();
    }

    /** Where something is drawn; empty if it is not in the drawing. */
    public Optional<Box> place(String id) {
        return place(figures, id)
                .or(
                        () ->
                                wires.stream()
                                        .filter(wire -> wire.id().equals(id))
                                        .map(Wire::bounds)
                                        .findFirst());
    }

    private static Optional<Box> place(List<Figure> among, String id) {
        for (Figure figure : among) {
            if (figure.id().equals(id)) {
                return Optional.of(figure.box());
            }
            Optional<Box> within = place(figure.children(), id);
            if (within.isPresent()) {
                return within;
            }
        }
        return Optional.empty();
    }
}
