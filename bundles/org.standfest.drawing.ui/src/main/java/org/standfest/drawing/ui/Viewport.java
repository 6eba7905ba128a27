package org.standfest.drawing.ui;

/**
 * Which part of a drawing is seen, and how large. Immutable; every change gives a new one.
 *
 * @param scale points on the screen per drawing unit, {@link #MIN_SCALE} to {@link #MAX_SCALE}
 * @param left the drawing's x at the left edge
 * @param top the drawing's y at the upper edge
 */
public record Viewport(double scale, double left, double top) {

    /** Everything is a dot. */
    public static final double MIN_SCALE = 0.02;

    /** Four times the size. */
    public static final double MAX_SCALE = 4;

    /** At 100 % with the origin in the corner. */
    public static final Viewport START = new Viewport(1, 0, 0);

    /** Keeps the scale in its range. */
    public Viewport {
        scale = Math.max(MIN_SCALE, Math.min(MAX_SCALE, scale));
    }

    /** The drawing's point below a point of the screen. */
    public Spot toDrawing(double screenX, double screenY) {
        return new Spot(left + screenX / scale, top + screenY / scale);
    }

    /** The part of the drawing that a screen of this size shows. */
    public Box visible(double screenWidth, double screenHeight) {
        return new Box(left, top, screenWidth / scale, screenHeight / scale);
    }

    /** Zooms so that what is below a point of the screen stays there. */
    public Viewport zoomed(double factor, double screenX, double screenY) {
        Spot fixed = toDrawing(screenX, screenY);
        Viewport next = new Viewport(scale * factor, left, top);
        return new Viewport(
                next.scale, fixed.x() - screenX / next.scale, fixed.y() - screenY / next.scale);
    }

    /** Moves the drawing by a way on the screen. */
    public Viewport panned(double screenDx, double screenDy) {
        return new Viewport(scale, left - screenDx / scale, top - screenDy / scale);
    }

    /** Shows a whole rectangle in the middle of the screen, never larger than a given scale. */
    public static Viewport fitting(Box box, double width, double height, double maxScale) {
        if (width <= 0 || height <= 0 || box.width() <= 0 || box.height() <= 0) {
            return START;
        }
        double scale = Math.min(maxScale, Math.min(width / box.width(), height / box.height()));
        Viewport fit = new Viewport(scale, 0, 0);
        Spot centre = box.centre();
        return new Viewport(
                fit.scale, centre.x() - width / 2 / fit.scale, centre.y() - height / 2 / fit.scale);
    }

    /** Moves as little as needed until a rectangle is seen. */
    public Viewport revealing(Box box, double width, double height) {
        Box seen = visible(width, height);
        if (box.x() >= seen.x()
                && box.right() <= seen.right()
                && box.y() >= seen.y()
                && box.bottom() <= seen.bottom()) {
            return this;
        }
        Spot centre = box.centre();
        return new Viewport(scale, centre.x() - seen.width() / 2, centre.y() - seen.height() / 2);
    }
}
