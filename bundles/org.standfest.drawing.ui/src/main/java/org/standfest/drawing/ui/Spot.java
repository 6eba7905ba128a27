package org.standfest.drawing.ui;

/**
 * A point of a drawing, in drawing units.
 *
 * @param x to the right
 * @param y downwards
 */
public record Spot(double x, double y) {

    /** Elsewhere. */
    public Spot moved(double dx, double dy) {
        return new Spot(x + dx, y + dy);
    }

    /** How far another point is. */
    public double distance(Spot other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}
