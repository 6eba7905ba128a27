package org.standfest.designer.ui.internal.layout;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.Wire;

import java.util.ArrayList;
import java.util.List;

/**
 * How hard a drawing is to read, in points: lines that run through a site they have nothing to do
 * with, crossings, corners, length, and a form that does not fit a window. Any thread.
 */
final class SceneRating {

    private static final double THROUGH = 30;
    private static final double CROSSING = 6;
    private static final double CORNER = 1;
    private static final double DIAGONAL_OF_LINE = 4;
    private static final double FORM = 20;
    private static final double WISHED_RATIO = 1.6;

    /** Beyond this many parts of lines crossings are not counted: everything crosses anyway. */
    private static final int MAX_PARTS = 4000;

    private final Scene scene;

    SceneRating(Scene scene) {
        this.scene = scene;
    }

    /** A straight part of a line. */
    private record Part(int wire, Spot a, Spot b) {
        boolean crosses(Part other) {
            boolean apart =
                    Math.max(a.x(), b.x()) < Math.min(other.a.x(), other.b.x())
                            || Math.max(other.a.x(), other.b.x()) < Math.min(a.x(), b.x())
                            || Math.max(a.y(), b.y()) < Math.min(other.a.y(), other.b.y())
                            || Math.max(other.a.y(), other.b.y()) < Math.min(a.y(), b.y());
            return !apart && side(other.a) * side(other.b) < 0 && other.side(a) * other.side(b) < 0;
        }

        private double side(Spot spot) {
            return (b.x() - a.x()) * (spot.y() - a.y()) - (b.y() - a.y()) * (spot.x() - a.x());
        }

        boolean runsThrough(Box box) {
            Box inner = box.width() > 12 && box.height() > 12 ? box.grown(-5) : box;
            Box own =
                    new Box(
                            Math.min(a.x(), b.x()),
                            Math.min(a.y(), b.y()),
                            Math.abs(a.x() - b.x()),
                            Math.abs(a.y() - b.y()));
            return inner.meets(own);
        }
    }

    /** The points; less is better. */
    double confusion() {
        Box around = scene.bounds();
        List<Part> parts = new ArrayList<>();
        double length = 0;
        double corners = 0;
        for (int i = 0; i < scene.wires().size(); i++) {
            Wire wire = scene.wires().get(i);
            corners += wire.course().size() - 2.0;
            for (int j = 1; j < wire.course().size(); j++) {
                Part part = new Part(i, wire.course().get(j - 1), wire.course().get(j));
                length += part.a().distance(part.b());
                parts.add(part);
            }
        }
        double diagonal = Math.hypot(around.width(), around.height());
        double off = Math.abs(Math.log(around.width() / around.height() / WISHED_RATIO));
        return THROUGH * throughs()
                + CROSSING * crossings(parts)
                + CORNER * corners
                + DIAGONAL_OF_LINE * length / diagonal
                + FORM * off;
    }

    /** How often lines run through sites in which they do not end. */
    private int throughs() {
        int count = 0;
        for (Wire wire : scene.wires()) {
            Spot first = wire.course().getFirst();
            Spot last = wire.course().getLast();
            for (Figure site : scene.figures()) {
                Box near = site.box().grown(2);
                if (!near.contains(first) && !near.contains(last) && runs(wire, site.box())) {
                    count++;
                }
            }
        }
        return count;
    }

    private static boolean runs(Wire wire, Box box) {
        for (int i = 1; i < wire.course().size(); i++) {
            if (new Part(0, wire.course().get(i - 1), wire.course().get(i)).runsThrough(box)) {
                return true;
            }
        }
        return false;
    }

    private static int crossings(List<Part> parts) {
        if (parts.size() > MAX_PARTS) {
            return 0;
        }
        int count = 0;
        for (int i = 0; i < parts.size(); i++) {
            for (int j = i + 1; j < parts.size(); j++) {
                if (parts.get(i).wire() != parts.get(j).wire()
                        && parts.get(i).crosses(parts.get(j))) {
                    count++;
                }
            }
        }
        return count;
    }
}
