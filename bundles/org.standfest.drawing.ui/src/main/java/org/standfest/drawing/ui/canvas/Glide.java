package org.standfest.drawing.ui.canvas;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.SceneIndex;
import org.standfest.drawing.ui.Viewport;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets outermost figures glide from where they stand in one scene to where they stand in the next;
 * lines are drawn when they have arrived. Immutable.
 */
final class Glide {

    /** Beyond this many figures nobody could follow, and it would not run smoothly. */
    private static final int MAX_FIGURES = 3000;

    private final SceneIndex from;
    private final Scene to;
    private final Viewport before;
    private final Viewport after;

    Glide(SceneIndex from, Scene to, Viewport before, Viewport after) {
        this.from = from;
        this.to = to;
        this.before = before;
        this.after = after;
    }

    /** Whether there is anything to be seen of it. */
    boolean visible() {
        return from.size() <= MAX_FIGURES
                && to.figures().stream()
                        .anyMatch(
                                figure ->
                                        from.figure(figure.id())
                                                .filter(old -> !same(old.box(), figure.box()))
                                                .isPresent());
    }

    private static boolean same(Box one, Box other) {
        return Math.abs(one.x() - other.x()) < 1 && Math.abs(one.y() - other.y()) < 1;
    }

    /**
     * The scene on its way.
     *
     * @param part how much of the way lies behind, 0 to 1
     */
    Scene at(double part) {
        double left = 1 - eased(part);
        List<Figure> figures = new ArrayList<>();
        for (Figure figure : to.figures()) {
            figures.add(
                    from.figure(figure.id())
                            .map(
                                    old ->
                                            figure.moved(
                                                    (old.box().x() - figure.box().x()) * left,
                                                    (old.box().y() - figure.box().y()) * left))
                            .orElse(figure));
        }
        return new Scene(figures, List.of());
    }

    /** What is seen on the way. */
    Viewport seenAt(double part) {
        double done = eased(part);
        double scale = before.scale() * Math.pow(after.scale() / before.scale(), done);
        return new Viewport(
                scale,
                before.left() + (after.left() - before.left()) * done,
                before.top() + (after.top() - before.top()) * done);
    }

    private static double eased(double part) {
        return part * part * (3 - 2 * part);
    }
}
