package org.standfest.drawing.ui.canvas;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Path;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Painter;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.Viewport;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Shade;

import java.net.URL;
import java.util.List;

/** Draws on an SWT canvas. User interface thread only; lives for one paint event. */
final class GcPainter implements Painter, AutoCloseable {

    private static final String ELLIPSIS = "\u2026";

    private final GC gc;
    private final Look look;
    private final Transform transform;
    private final double scale;

    GcPainter(GC gc, Look look, Viewport viewport) {
        this.gc = gc;
        this.look = look;
        this.scale = viewport.scale();
        transform = new Transform(gc.getDevice());
        transform.scale((float) scale, (float) scale);
        transform.translate((float) -viewport.left(), (float) -viewport.top());
        gc.setAdvanced(true);
        gc.setAntialias(SWT.ON);
        gc.setTextAntialias(SWT.ON);
        gc.setInterpolation(SWT.HIGH);
        gc.setTransform(transform);
    }

    @Override
    public void close() {
        gc.setTransform(null);
        transform.dispose();
    }

    @Override
    public void fill(Box box, double radius, Shade shade) {
        gc.setBackground(look.color(shade));
        try (Drawn path = rounded(box, radius)) {
            gc.fillPath(path.path());
        }
    }

    @Override
    public void outline(Box box, double radius, Shade shade, double width) {
        gc.setForeground(look.color(shade));
        stroke(width, false);
        try (Drawn path = rounded(box, radius)) {
            gc.drawPath(path.path());
        }
    }

    @Override
    public void line(List<Spot> course, Shade shade, double width, boolean dashed) {
        gc.setForeground(look.color(shade));
        stroke(width, dashed);
        try (Drawn path = through(course)) {
            gc.drawPath(path.path());
        }
        gc.setLineStyle(SWT.LINE_SOLID);
    }

    @Override
    public void polygon(List<Spot> corners, Shade shade) {
        gc.setBackground(look.color(shade));
        try (Drawn path = through(corners)) {
            path.path().close();
            gc.fillPath(path.path());
        }
    }

    @Override
    public void ellipse(Box box, Shade shade) {
        gc.setBackground(look.color(shade));
        try (Drawn path = round(box)) {
            gc.fillPath(path.path());
        }
    }

    @Override
    public void ellipseOutline(Box box, Shade shade, double width) {
        gc.setForeground(look.color(shade));
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
        gc.setFont(font(type));
        gc.setForeground(look.color(shade));
        String shown = fitting(words, box.width());
        org.eclipse.swt.graphics.Point size = gc.textExtent(shown, SWT.DRAW_TRANSPARENT);
        double free = box.width() - size.x;
        double x =
                switch (align) {
                    case LEFT -> box.x();
                    case CENTRE -> box.x() + free / 2;
                    case RIGHT -> box.x() + free;
                };
        double y = box.y() + (box.height() - size.y) / 2;
        gc.drawText(shown, (int) Math.round(x), (int) Math.round(y), true);
    }

    private String fitting(String words, double width) {
        if (gc.textExtent(words, SWT.DRAW_TRANSPARENT).x <= width) {
            return words;
        }
        int low = 0;
        int high = words.length();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (gc.textExtent(words.substring(0, middle) + ELLIPSIS, SWT.DRAW_TRANSPARENT).x
                    <= width) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return words.substring(0, low).stripTrailing() + ELLIPSIS;
    }

    @Override
    public double width(String words, Type type) {
        gc.setFont(font(type));
        return gc.textExtent(words, SWT.DRAW_TRANSPARENT).x;
    }

    @Override
    public void icon(URL icon, Box box) {
        ImageDescriptor plain = ImageDescriptor.createFromURL(icon);
        int zoom = scale > 2 ? 400 : scale > 1 ? 300 : 200;
        ImageDescriptor sharp = new Enlarged(plain, zoom);
        Image image = look.image(sharp);
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
        return switch (type) {
            case HEADING -> look.sized(scale < 0.4 ? 1.6 : 1.15, SWT.BOLD);
            case STRONG -> look.strong();
            case TEXT -> look.sized(0.92, SWT.NORMAL);
            case SMALL -> look.sized(0.82, SWT.NORMAL);
        };
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

    private Drawn rounded(Box box, double radius) {
        Path path = new Path(gc.getDevice());
        float x = (float) box.x();
        float y = (float) box.y();
        float w = (float) box.width();
        float h = (float) box.height();
        if (radius <= 0) {
            path.addRectangle(x, y, w, h);
            return new Drawn(path);
        }
        float d = (float) Math.min(2 * radius, Math.min(w, h));
        path.addArc(x, y, d, d, 90, 90);
        path.addArc(x, y + h - d, d, d, 180, 90);
        path.addArc(x + w - d, y + h - d, d, d, 270, 90);
        path.addArc(x + w - d, y, d, d, 0, 90);
        path.close();
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

    private Drawn through(List<Spot> course) {
        Path path = new Path(gc.getDevice());
        Spot first = course.getFirst();
        path.moveTo((float) first.x(), (float) first.y());
        for (Spot spot : course.subList(1, course.size())) {
            path.lineTo((float) spot.x(), (float) spot.y());
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
