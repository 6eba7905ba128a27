package org.standfest.drawing.ui.gestures;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.SceneIndex;
import org.standfest.drawing.ui.Spot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets what is moved line up: with edges and middles of its neighbours first, else with the grid.
 * Immutable.
 *
 * @param dx how far to the right it goes
 * @param dy how far down it goes
 * @param guides the lines it lines up with
 */
record Snap(double dx, double dy, List<List<Spot>> guides) {

    /** The grid, in drawing units. */
    static final double GRID = 4;

    private static final double REACH_PIXELS = 6;

    static Snap none(double dx, double dy) {
        return new Snap(dx, dy, List.of());
    }

    /** The nearest place of its liking. */
    static Snap of(
            SceneIndex index, Box moving, Set<String> ids, double dx, double dy, double scale) {
        Box wanted = moving.moved(dx, dy);
        double reach = REACH_PIXELS / scale;
        double bestX = reach;
        double bestY = reach;
        Optional<Box> besideX = Optional.empty();
        Optional<Box> besideY = Optional.empty();
        for (Box other : neighbours(index, ids, wanted)) {
            double offX =
                    nearest(lines(other.x(), other.width()), lines(wanted.x(), wanted.width()));
            if (Math.abs(offX) < Math.abs(bestX)) {
                bestX = offX;
                besideX = Optional.of(other);
            }
            double offY =
                    nearest(lines(other.y(), other.height()), lines(wanted.y(), wanted.height()));
            if (Math.abs(offY) < Math.abs(bestY)) {
                bestY = offY;
                besideY = Optional.of(other);
            }
        }
        double toX = besideX.isPresent() ? bestX : toGrid(wanted.x());
        double toY = besideY.isPresent() ? bestY : toGrid(wanted.y());
        Box placed = wanted.moved(toX, toY);
        List<List<Spot>> guides = new ArrayList<>();
        besideX.ifPresent(other -> guides.add(vertical(placed, other)));
        besideY.ifPresent(other -> guides.add(horizontal(placed, other)));
        return new Snap(dx + toX, dy + toY, guides);
    }

    private static double toGrid(double value) {
        return Math.round(value / GRID) * GRID - value;
    }

    /** The brothers of what is moved, as far as they are near. */
    private static List<Box> neighbours(SceneIndex index, Set<String> ids, Box wanted) {
        Optional<String> parent = index.parent(ids.iterator().next()).map(Figure::id);
        List<Box> boxes = new ArrayList<>();
        index.figures(
                wanted.grown(600),
                figure -> {
                    if (boxes.size() < 200
                            && !ids.contains(figure.id())
                            && figure.form() != Figure.Form.PLUG
                            && index.parent(figure.id()).map(Figure::id).equals(parent)) {
                        boxes.add(figure.box());
                    }
                });
        return boxes;
    }

    private static double[] lines(double start, double length) {
        return new double[] {start, start + length / 2, start + length};
    }

    private static double nearest(double[] fixed, double[] moving) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < fixed.length; i++) {
            double off = fixed[i] - moving[i];
            if (Math.abs(off) < Math.abs(best)) {
                best = off;
            }
        }
        return best;
    }

    private static List<Spot> vertical(Box placed, Box other) {
        double x = shared(lines(placed.x(), placed.width()), lines(other.x(), other.width()));
        Box both = placed.and(other);
        return List.of(new Spot(x, both.y() - 8), new Spot(x, both.bottom() + 8));
    }

    private static List<Spot> horizontal(Box placed, Box other) {
        double y = shared(lines(placed.y(), placed.height()), lines(other.y(), other.height()));
        Box both = placed.and(other);
        return List.of(new Spot(both.x() - 8, y), new Spot(both.right() + 8, y));
    }

    private static double shared(double[] one, double[] other) {
        int best = 0;
        for (int i = 1; i < one.length; i++) {
            if (Math.abs(one[i] - other[i]) < Math.abs(one[best] - other[best]) - .01) {
                best = i;
            }
        }
        return one[best];
    }
}
