package org.standfest.drawing.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A line between figures.
 *
 * @param id what it stands for
 * @param form how it is drawn
 * @param course its corners, at least two
 * @param label what is written on it; empty for nothing
 * @param anchor where the middle of the label is
 */
public record Wire(String id, Form form, List<Spot> course, String label, Spot anchor) {

    /** How a wire is drawn. */
    public enum Form {
        /** A full line: a link or a network's drop. */
        LINE,
        /** A dashed arrow with an open head at its end. */
        ARROW,
        /** A dashed line with heads at both ends. */
        MUTUAL
    }

    /** Checks that nothing is missing; copies. */
    public Wire {
        Objects.requireNonNull(id);
        Objects.requireNonNull(form);
        Objects.requireNonNull(label);
        Objects.requireNonNull(anchor);
        course = List.copyOf(course);
        if (course.size() < 2) {
            throw new IllegalArgumentException("a line needs two ends");
        }
    }

    /** The smallest rectangle around it. */
    public Box bounds() {
        double left = course.stream().mapToDouble(Spot::x).min().orElseThrow();
        double right = course.stream().mapToDouble(Spot::x).max().orElseThrow();
        double top = course.stream().mapToDouble(Spot::y).min().orElseThrow();
        double bottom = course.stream().mapToDouble(Spot::y).max().orElseThrow();
        return new Box(left, top, right - left, bottom - top);
    }

    /** How far a point is from the line. */
    public double distance(Spot spot) {
        double nearest = Double.MAX_VALUE;
        for (int i = 1; i < course.size(); i++) {
            nearest = Math.min(nearest, distance(course.get(i - 1), course.get(i), spot));
        }
        return nearest;
    }

    private static double distance(Spot a, Spot b, Spot spot) {
        double dx = b.x() - a.x();
        double dy = b.y() - a.y();
        double square = dx * dx + dy * dy;
        double along =
                square == 0 ? 0 : ((spot.x() - a.x()) * dx + (spot.y() - a.y()) * dy) / square;
        double t = Math.max(0, Math.min(1, along));
        return spot.distance(new Spot(a.x() + t * dx, a.y() + t * dy));
    }

    /**
     * The straight parts of it that come near a rectangle, cut to about the rectangle.
     *
     * @param step what is cut off is a multiple of this, so that dashes lie where they always lie
     */
    List<List<Spot>> parts(Box near, double step) {
        List<List<Spot>> parts = new ArrayList<>();
        for (int i = 1; i < course.size(); i++) {
            Spot a = course.get(i - 1);
            Spot b = course.get(i);
            double length = a.distance(b);
            double[] span = span(a, b, near);
            if (length > 0 && span[0] <= span[1]) {
                double from = Math.floor(span[0] * length / step) * step / length;
                parts.add(List.of(between(a, b, from), between(a, b, span[1])));
            }
        }
        return parts;
    }

    private static Spot between(Spot a, Spot b, double t) {
        return new Spot(a.x() + t * (b.x() - a.x()), a.y() + t * (b.y() - a.y()));
    }

    /** From where to where a straight part runs in a rectangle, 0 to 1; reversed if it does not. */
    private static double[] span(Spot a, Spot b, Box box) {
        double[] span = {0, 1};
        cut(span, a.x(), b.x() - a.x(), box.x(), box.right());
        cut(span, a.y(), b.y() - a.y(), box.y(), box.bottom());
        return span;
    }

    private static void cut(double[] span, double start, double way, double low, double high) {
        if (way == 0) {
            if (start < low || start > high) {
                span[1] = -1;
            }
            return;
        }
        double one = (low - start) / way;
        double other = (high - start) / way;
        span[0] = Math.max(span[0], Math.min(one, other));
        span[1] = Math.min(span[1], Math.max(one, other));
    }

    /** A line with its label in the middle of its longest straight part. */
    public static Wire labelled(String id, Form form, List<Spot> course, String label) {
        Spot best = course.getFirst();
        double longest = -1;
        for (int i = 1; i < course.size(); i++) {
            Spot a = course.get(i - 1);
            Spot b = course.get(i);
            if (a.distance(b) > longest) {
                longest = a.distance(b);
                best = new Spot((a.x() + b.x()) / 2, (a.y() + b.y()) / 2);
            }
        }
        return new Wire(id, form, course, label, best);
    }
}
