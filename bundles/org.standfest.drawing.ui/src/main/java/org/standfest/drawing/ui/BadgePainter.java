package org.standfest.drawing.ui;

import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.Shade;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Draws the small signs at the upper right corners; shape says the same as colour. */
final class BadgePainter {

    private final Painter painter;
    private final double scale;

    BadgePainter(Painter painter, double scale) {
        this.painter = painter;
        this.scale = scale;
    }

    void paint(List<Figure> badged) {
        Map<Light, List<List<Spot>>> outlines = new EnumMap<>(Light.class);
        boolean grounded = scale >= ScenePainter.CARDS;
        for (Figure figure : badged) {
            double size = size(figure);
            double x = figure.box().right() - size * .7;
            double y = figure.box().y() - size * .35;
            if (grounded) {
                painter.ellipse(new Box(x - 2, y - 2, size + 4, size + 4), Shade.SURFACE);
            }
            Light light = light(figure.badge().orElseThrow());
            double[] corners = light.corners(size);
            if (corners.length == 0) {
                painter.ellipseOutline(
                        new Box(x + 1, y + 1, size - 2, size - 2), Shade.of(light), 2);
                continue;
            }
            List<Spot> outline = new ArrayList<>(corners.length / 2);
            for (int i = 0; i < corners.length; i += 2) {
                outline.add(new Spot(x + corners[i], y + corners[i + 1]));
            }
            outlines.computeIfAbsent(light, _ -> new ArrayList<>()).add(outline);
        }
        outlines.forEach((light, all) -> painter.polygonAll(all, Shade.of(light)));
    }

    /** From afar a badge of an area stays as large on the screen; one of a card only so far. */
    private double size(Figure figure) {
        if (scale >= ScenePainter.NAMES) {
            return 14;
        }
        return figure.form() == Figure.Form.AREA
                ? Math.min(160, 11 / scale)
                : Math.min(28, 9 / scale);
    }

    private static Light light(Figure.Badge badge) {
        return switch (badge) {
            case ERROR -> Light.DOWN;
            case WARNING -> Light.ATTENTION;
            case HINT -> Light.UNKNOWN;
        };
    }
}
