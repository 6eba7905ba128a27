package org.standfest.drawing.ui.gestures;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.SceneIndex;

import java.util.List;
import java.util.Optional;

/** Goes from figure to figure by keys. Immutable, made for one scene. */
public final class Walk {

    private final SceneIndex index;
    private List<Figure> order;

    /** A direction. */
    public enum Way {
        /** To the left. */
        LEFT(-1, 0),
        /** To the right. */
        RIGHT(1, 0),
        /** Upwards. */
        UP(0, -1),
        /** Downwards. */
        DOWN(0, 1);

        private final int x;
        private final int y;

        Way(int x, int y) {
            this.x = x;
            this.y = y;
        }

        /** How far to the right one step goes: -1, 0 or 1. */
        public int x() {
            return x;
        }

        /** How far down one step goes: -1, 0 or 1. */
        public int y() {
            return y;
        }
    }

    /**
     * @param index where one walks
     */
    public Walk(SceneIndex index) {
        this.index = index;
    }

    private List<Figure> order() {
        if (order == null) {
            order = index.reading();
        }
        return order;
    }

    /** How many figures there are. */
    public int count() {
        return order().size();
    }

    /** The figure at a place of the reading order. */
    public Figure at(int position) {
        return order().get(position);
    }

    /** The place of a figure in the reading order; -1 if it is not there. */
    public int position(String id) {
        for (int i = 0; i < order().size(); i++) {
            if (order().get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The next figure in the reading order; empty behind the last and before the first.
     *
     * @param from where one stands; empty before the first
     */
    public Optional<String> next(Optional<String> from, boolean forwards) {
        int here = from.map(this::position).orElse(forwards ? -1 : order().size());
        int there = here + (forwards ? 1 : -1);
        return there < 0 || there >= order().size()
                ? Optional.empty()
                : Optional.of(order().get(there).id());
    }

    /** The nearest figure in a direction that lies in the same container. */
    public Optional<String> toward(String from, Way way) {
        Optional<Figure> start = index.figure(from);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        Box box = start.get().box();
        List<Figure> brothers =
                index.parent(from).map(Figure::children).orElse(index.scene().figures());
        Figure best = null;
        double nearest = Double.MAX_VALUE;
        for (Figure each : brothers) {
            double dx = each.box().centre().x() - box.centre().x();
            double dy = each.box().centre().y() - box.centre().y();
            double along = dx * way.x() + dy * way.y();
            double aside = Math.abs(dx * way.y()) + Math.abs(dy * way.x());
            double far = along + 2 * aside;
            if (along > 1 && far < nearest) {
                nearest = far;
                best = each;
            }
        }
        return Optional.ofNullable(best).map(Figure::id);
    }

    /** The first figure inside. */
    public Optional<String> into(String id) {
        return index.figure(id)
                .flatMap(figure -> figure.children().stream().findFirst())
                .map(Figure::id);
    }

    /** The figure around. */
    public Optional<String> out(String id) {
        return index.parent(id).map(Figure::id);
    }
}
