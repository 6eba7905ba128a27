package org.standfest.drawing.ui.gestures;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Spot;

/** The eight places at which a figure's size is held, and the one from which lines are drawn. */
public enum Handle {
    /** Upper left. */
    NORTH_WEST(-1, -1),
    /** Top. */
    NORTH(0, -1),
    /** Upper right. */
    NORTH_EAST(1, -1),
    /** Right. */
    EAST(1, 0),
    /** Lower right. */
    SOUTH_EAST(1, 1),
    /** Bottom. */
    SOUTH(0, 1),
    /** Lower left. */
    SOUTH_WEST(-1, 1),
    /** Left. */
    WEST(-1, 0),
    /** Where a line begins: right of the figure. */
    LINE(0, 0);

    /** How far right of a figure a line's handle stands, in points of the screen. */
    static final double LINE_DISTANCE = 16;

    private final int x;
    private final int y;

    Handle(int x, int y) {
        this.x = x;
        this.y = y;
    }

    /** Where it is. */
    public Spot of(Box box, double scale) {
        if (this == LINE) {
            return new Spot(box.right() + LINE_DISTANCE / scale, box.centre().y());
        }
        return new Spot(
                box.centre().x() + x * box.width() / 2, box.centre().y() + y * box.height() / 2);
    }

    /** The figure after it was pulled; never smaller than a given size. */
    public Box pulled(Box box, double dx, double dy, double minWidth, double minHeight) {
        double left = box.x();
        double top = box.y();
        double right = box.right();
        double bottom = box.bottom();
        if (x < 0) {
            left = Math.min(left + dx, right - minWidth);
        } else if (x > 0) {
            right = Math.max(right + dx, left + minWidth);
        }
        if (y < 0) {
            top = Math.min(top + dy, bottom - minHeight);
        } else if (y > 0) {
            bottom = Math.max(bottom + dy, top + minHeight);
        }
        return new Box(left, top, right - left, bottom - top);
    }
}
