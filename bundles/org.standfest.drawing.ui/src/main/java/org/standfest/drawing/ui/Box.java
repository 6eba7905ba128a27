package org.standfest.drawing.ui;

/**
 * A rectangle of a drawing, in drawing units (one unit is one point at 100 %).
 *
 * @param x left
 * @param y top
 * @param width not negative
 * @param height not negative
 */
public record Box(double x, double y, double width, double height) {

    /** Checks ranges; throws IllegalArgumentException. */
    public Box {
        if (width < 0 || height < 0) {
            throw new IllegalArgumentException("negative size");
        }
    }

    /** The right edge. */
    public double right() {
        return x + width;
    }

    /** The lower edge. */
    public double bottom() {
        return y + height;
    }

    /** The middle of it. */
    public Spot centre() {
        return new Spot(x + width / 2, y + height / 2);
    }

    /** Whether a point lies in it. */
    public boolean contains(Spot spot) {
        return spot.x() >= x && spot.x() <= right() && spot.y() >= y && spot.y() <= bottom();
    }

    /** Whether another rectangle lies wholly in it. */
    public boolean contains(Box other) {
        return other.x >= x
                && other.right() <= right()
                && other.y >= y
                && other.bottom() <= bottom();
    }

    /** Whether another rectangle touches it. */
    public boolean meets(Box other) {
        return other.x <= right()
                && other.right() >= x
                && other.y <= bottom()
                && other.bottom() >= y;
    }

    /** Larger by a margin on each side. */
    public Box grown(double margin) {
        return new Box(x - margin, y - margin, width + 2 * margin, height + 2 * margin);
    }

    /** Elsewhere. */
    public Box moved(double dx, double dy) {
        return new Box(x + dx, y + dy, width, height);
    }

    /** The smallest rectangle around both. */
    public Box and(Box other) {
        double left = Math.min(x, other.x);
        double top = Math.min(y, other.y);
        return new Box(
                left,
                top,
                Math.max(right(), other.right()) - left,
                Math.max(bottom(), other.bottom()) - top);
    }
}
