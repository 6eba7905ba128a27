package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Path;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Painter;
import org.standfest.drawing.ui.ScenePainter;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.Viewport;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Shade;
import org.standfest.workbench.ui.look.Shades;

import java.net.URL;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Draws on an SWT canvas or image. Many shapes of a kind become one path: on GTK each call costs a
 * way into the window system. User interface thread only; lives for one paint event.
 */
final class GcPainter implements Painter, AutoCloseable {

    private final GC gc;
    private final Shades shades;
    private final Map<Shade, Color> colors = new EnumMap<>(Shade.class);
    private final TextCache texts;
    private final Transform transform;
    private final double scale;

    GcPainter(GC gc, Look look, TextCache texts, Viewport viewport) {
        this(gc, look.shades(), texts, viewport);
    }

    GcPainter(GC gc, Shades shades, TextCache texts, Viewport viewport) {
        this.gc = gc;
        this.shades = shades;
        this.texts = texts;
        this.scale = viewport.scale();
        transform = new Transform(gc.getDevice());
        transform.scale((float) scale, (float) scale);
        transform.translate((float) -viewport.left(), (float) -viewport.top());
        gc.setAdvanced(true);
        gc.setAntialias(scale < ScenePainter.TITLES ? SWT.OFF : SWT.ON);
        gc.setTextAntialias(SWT.ON);
        gc.setInterpolation(SWT.LOW);
        gc.setTransform(transform);
    }

    @Override
    public void close() {
        gc.setTransform(null);
        transform.dispose();
    }

    @Override
    public void fill(Box box, double radius, Shade shade) {
        fillAll(List.of(box), radius, shade);
    }

    @Override
    public void fillAll(List<Box> boxes, double radius, Shade shade) {
        if (boxes.isEmpty()) {
            return;
        }
        gc.setBackground(color(shade));
        try (Drawn path = rectangles(boxes, radius)) {
            gc.fillPath(path.path());
        }
    }

    @Override
    public void outline(Box box, double radius, Shade shade, double width) {
        outlineAll(List.of(box), radius, shade, width);
    }

    @Override
    public void outlineAll(List<Box> boxes, double radius, Shade shade, double width) {
        if (boxes.isEmpty()) {
            return;
        }
        gc.setForeground(color(shade));
        stroke(width, false);
        try (Drawn path = rectangles(boxes, radius)) {
            gc.drawPath(path.path());
        }
    }

    @Override
    public void line(List<Spot> course, Shade shade, double width, boolean dashed) {
        lineAll(List.of(course), shade, width, dashed);
    }

    @Override
    public void lineAll(List<List<Spot>> courses, Shade shade, double width, boolean dashed) {
        gc.setForeground(color(shade));
        stroke(width, dashed);
        try (Drawn path = through(courses, false)) {
            gc.drawPath(path.path());
        }
        gc.setLineStyle(SWT.LINE_SOLID);
    }

    @Override
    public void polygon(List<Spot> corners, Shade shade) {
        polygonAll(List.of(corners), shade);
    }

    @Override
    public void polygonAll(List<List<Spot>> outlines, Shade shade) {
        gc.setBackground(color(shade));
        gc.setAntialias(SWT.ON);
        try (Drawn path = through(outlines, true)) {
            gc.fillPath(path.path());
        }
    }

    @Override
    public void ellipse(Box box, Shade shade) {
        gc.setBackground(color(shade));
        try (Drawn path = round(box)) {
            gc.fillPath(path.path());
        }
    }

    @Override
    public void ellipseOutline(Box box, Shade shade, double width) {
        gc.setForeground(color(shade));
        stroke(width, false);
        try (Drawn path = round(box)) {
            gc.drawPath(path.path());
        }
    }

    @Override
    public void text(String words, Box box, Type type, Shade shade, Align align) {
        if (words.isEmpty() || box.width() < 4) {
            return;
        }
        TextCache.Shaped shaped = texts.shaped(words, font(type), box.width());
        double free = box.width() - shaped.width();
        double x =
                switch (align) {
                    case LEFT -> box.x();
                    case CENTRE -> box.x() + free / 2;
                    case RIGHT -> box.x() + free;
                };
        double y = box.y() + (box.height() - shaped.height()) / 2;
        gc.setForeground(color(shade));
        shaped.layout().draw(gc, (int) Math.round(x), (int) Math.round(y));
    }

    @Override
    public double width(String words, Type type) {
        return words.isEmpty() ? 0 : texts.shaped(words, font(type), TextCache.ANY).width();
    }

    @Override
    public void icon(URL icon, Box box) {
        Image image = texts.icon(icon, scale > 2 ? 400 : scale > 1 ? 300 : scale > .5 ? 200 : 100);
        Rectangle size = image.getBounds();
        gc.drawImage(
                image,
                0,
                0,
                size.width,
                size.height,
                (int) Math.round(box.x()),
                (int) Math.round(box.y()),
                (int) Math.round(box.width()),
                (int) Math.round(box.height()));
    }

    private Font font(Type type) {
        return texts.font(type, scale < ScenePainter.NAMES);
    }

    private Color color(Shade shade) {
        return colors.computeIfAbsent(
                shade,
                it -> {
                    int rgb = shades.rgb(it);
                    return new Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
                });
    }

    private void stroke(double width, boolean dashed) {
        gc.setLineStyle(SWT.LINE_SOLID);
        gc.setLineCap(SWT.CAP_FLAT);
        gc.setLineJoin(SWT.JOIN_ROUND);
        if (dashed) {
            gc.setLineDash(new int[] {6, 4});
        }
        gc.setLineWidth((int) Math.max(1, Math.round(width)));
    }

    private Drawn rectangles(List<Box> boxes, double radius) {
        Path path = new Path(gc.getDevice());
        for (Box box : boxes) {
            float x = (float) box.x();
            float y = (float) box.y();
            float w = (float) box.width();
            float h = (float) box.height();
            if (radius <= 0) {
                path.addRectangle(x, y, w, h);
                continue;
            }
            float d = (float) Math.min(2 * radius, Math.min(w, h));
            path.moveTo(x + d / 2, y);
            path.addArc(x, y, d, d, 90, 90);
            path.addArc(x, y + h - d, d, d, 180, 90);
            path.addArc(x + w - d, y + h - d, d, d, 270, 90);
            path.addArc(x + w - d, y, d, d, 0, 90);
            path.close();
        }
        return new Drawn(path);
    }

    private Drawn round(Box box) {
        Path path = new Path(gc.getDevice());
        path.addArc(
                (float) box.x(),
                (float) box.y(),
                (float) box.width(),
                (float) box.height(),
                0,
                360);
        return new Drawn(path);
    }

    private Drawn through(List<List<Spot>> courses, boolean closed) {
        Path path = new Path(gc.getDevice());
        for (List<Spot> course : courses) {
            Spot first = course.getFirst();
            path.moveTo((float) first.x(), (float) first.y());
            for (int i = 1; i < course.size(); i++) {
                path.lineTo((float) course.get(i).x(), (float) course.get(i).y());
            }
            if (closed) {
                path.close();
            }
        }
        return new Drawn(path);
    }

    /** A path that is freed at the end of its block. */
    private record Drawn(Path path) implements AutoCloseable {
        @Override
        public void close() {
            path.dispose();
        }
    }
}
