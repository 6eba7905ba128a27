package org.standfest.designer.ui.internal.editing;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Spot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where things go that are aligned or distributed. */
public enum Arrangement {
    /** Left edges in line. */
    LEFT,
    /** Middles below each other. */
    CENTRE,
    /** Right edges in line. */
    RIGHT,
    /** Upper edges in line. */
    TOP,
    /** Middles beside each other. */
    MIDDLE,
    /** Lower edges in line. */
    BOTTOM,
    /** Equal gaps from left to right. */
    ACROSS,
    /** Equal gaps from top to bottom. */
    DOWN;

    /** Whether gaps become equal; otherwise edges or middles come in line. */
    public boolean distributes() {
        return this == ACROSS || this == DOWN;
    }

    /** The new upper left corners; what comes first, the outermost, stays where it is. */
    public <T> Map<T, Spot> of(Map<T, Box> boxes) {
        Map<T, Spot> corners = new LinkedHashMap<>();
        if (boxes.size() < 2) {
            return corners;
        }
        Box around = boxes.values().stream().reduce(Box::and).orElseThrow();
        if (distributes()) {
            distribute(boxes, around, corners);
            return corners;
        }
        boxes.forEach(
                (key, box) -> {
                    double x =
                            switch (this) {
                                case LEFT -> around.x();
                                case CENTRE -> around.centre().x() - box.width() / 2;
                                case RIGHT -> around.right() - box.width();
                                default -> box.x();
                            };
                    double y =
                            switch (this) {
                                case TOP -> around.y();
                                case MIDDLE -> around.centre().y() - box.height() / 2;
                                case BOTTOM -> around.bottom() - box.height();
                                default -> box.y();
                            };
                    corners.put(key, new Spot(x, y));
                });
        return corners;
    }

    private <T> void distribute(Map<T, Box> boxes, Box around, Map<T, Spot> corners) {
        boolean across = this == ACROSS;
        List<Map.Entry<T, Box>> order = new ArrayList<>(boxes.entrySet());
        order.sort(
                Comparator.comparingDouble(
                        entry -> across ? entry.getValue().x() : entry.getValue().y()));
        double filled = 0;
        for (Map.Entry<T, Box> entry : order) {
            filled += across ? entry.getValue().width() : entry.getValue().height();
        }
        double whole = across ? around.width() : around.height();
        double gap = (whole - filled) / (order.size() - 1);
        double next = across ? around.x() : around.y();
        for (Map.Entry<T, Box> entry : order) {
            Box box = entry.getValue();
            corners.put(entry.getKey(), across ? new Spot(next, box.y()) : new Spot(box.x(), next));
            next += (across ? box.width() : box.height()) + gap;
        }
    }
}
