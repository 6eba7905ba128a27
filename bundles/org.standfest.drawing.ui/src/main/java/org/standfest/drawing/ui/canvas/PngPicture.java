package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.SceneIndex;
import org.standfest.drawing.ui.ScenePainter;
import org.standfest.drawing.ui.Viewport;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Shade;
import org.standfest.workbench.ui.look.Shades;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Set;

/** Draws whole scenes as PNG, in full detail. User interface thread only. */
public final class PngPicture {

    /** No picture has more pixels than this, each way; a larger drawing is drawn smaller. */
    public static final int MAX_PIXELS = 12_000;

    /** And none has more than this many in all. */
    static final double MAX_AREA = 20e6;

    private final Display display;
    private final Shades shades;

    /**
     * @param shades light or dark
     */
    public PngPicture(Display display, Shades shades) {
        this.display = display;
        this.shades = shades;
    }

    /**
     * The bytes of a file.
     *
     * @param scale pixels for each point of the drawing
     */
    public byte[] of(Scene scene, double scale) {
        SceneIndex index = new SceneIndex(scene);
        Box bounds = index.bounds();
        Viewport viewport = new Viewport(fitting(bounds, scale), bounds.x(), bounds.y());
        Rectangle area =
                new Rectangle(
                        0,
                        0,
                        (int) Math.ceil(bounds.width() * viewport.scale()),
                        (int) Math.ceil(bounds.height() * viewport.scale()));
        Shell owner = new Shell(display, SWT.NO_TRIM);
        Picture picture = new Picture(display, area);
        try {
            TextCache texts = new TextCache(owner, new Look(owner));
            picture.draw(gc -> paint(gc, area, texts, index, viewport));
            return bytes(picture.pixels());
        } finally {
            picture.dispose();
            owner.dispose();
        }
    }

    /** The scale that was asked for, or what is left of it within the limits. */
    static double fitting(Box bounds, double scale) {
        double sides = MAX_PIXELS / Math.max(bounds.width(), bounds.height());
        double area = Math.sqrt(MAX_AREA / (bounds.width() * bounds.height()));
        return Math.min(scale, Math.min(sides, area));
    }

    private void paint(
            GC gc, Rectangle area, TextCache texts, SceneIndex index, Viewport viewport) {
        int ground = shades.rgb(Shade.SURFACE);
        gc.setBackground(new Color(ground >> 16 & 255, ground >> 8 & 255, ground & 255));
        gc.fillRectangle(area);
        try (GcPainter painter = new GcPainter(gc, shades, texts, viewport)) {
            gc.setAntialias(SWT.ON);
            new ScenePainter(painter, Math.max(1, viewport.scale()), Set.of(), Map.of())
                    .paint(index, index.bounds());
        }
    }

    private static byte[] bytes(ImageData pixels) {
        ImageLoader loader = new ImageLoader();
        loader.data = new ImageData[] {pixels};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        loader.save(out, SWT.IMAGE_PNG);
        return out.toByteArray();
    }
}
