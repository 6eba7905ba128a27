package org.standfest.designer.ui.internal.drawing;

import org.standfest.topology.Component;

import java.util.Optional;

/**
 * Where a component stands in the drawing, as its attribute says it.
 *
 * @param pinned whether a person put it there; otherwise the automatic layout may move it
 * @param x from the left of what it lies in, in points at 100 %
 * @param y from the top of what it lies in
 * @param width its least width; 0 for what its content needs
 * @param height its least height; 0 for what its content needs
 */
public record Place(boolean pinned, int x, int y, int width, int height) {

    private static final int FARTHEST = 999_999;

    /** Keeps everything in the range that a file may hold. */
    public Place {
        x = Math.clamp(x, -FARTHEST, FARTHEST);
        y = Math.clamp(y, -FARTHEST, FARTHEST);
        width = Math.clamp(width, 0, FARTHEST);
        height = Math.clamp(height, 0, FARTHEST);
    }

    /** Where a component stands; empty where nobody said, or in words that are not understood. */
    public static Optional<Place> of(Component component) {
        String text = component.getPlacement();
        if (text == null) {
            return Optional.empty();
        }
        String[] parts = text.split(" ");
        if (parts.length != 3 && parts.length != 5) {
            return Optional.empty();
        }
        try {
            boolean sized = parts.length == 5;
            return Optional.of(
                    new Place(
                            parts[0].equals("pinned"),
                            Integer.parseInt(parts[1]),
                            Integer.parseInt(parts[2]),
                            sized ? Integer.parseInt(parts[3]) : 0,
                            sized ? Integer.parseInt(parts[4]) : 0));
        } catch (NumberFormatException foreign) {
            return Optional.empty();
        }
    }

    /** The same, elsewhere, put there by a person. */
    public Place pinnedAt(double toX, double toY) {
        return new Place(true, (int) Math.round(toX), (int) Math.round(toY), width, height);
    }

    /** As the attribute says it. */
    public String text() {
        String where = (pinned ? "pinned " : "free ") + x + ' ' + y;
        return width == 0 && height == 0 ? where : where + ' ' + width + ' ' + height;
    }
}
