package org.standfest.workbench.ui.look;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.Path;

import java.util.Objects;

/** Draws the shapes of lights: into a drawing, or as images for lists and trees. */
public final class LightPainter {

    private LightPainter() {}

    /**
     * Draws a light into a square.
     *
     * @param gc where; its state is changed
     * @param color the light's colour in the theme at hand
     */
    public static void paint(GC gc, Light light, Color color, float x, float y, float size) {
        gc.setAntialias(SWT.ON);
        gc.setForeground(color);
        gc.setBackground(color);
        Path path = new Path(gc.getDevice());
        try {
            double[] corners = light.corners(size);
            if (corners.length == 0) {
                float line = light.hollow() ? Math.max(1.5f, size / 6) : 0;
                float inset = size * .04f + line / 2;
                path.addArc(x + inset, y + inset, size - 2 * inset, size - 2 * inset, 0, 360);
                path.close();
                gc.setLineWidth(Math.round(line));
            } else {
                path.moveTo(x + (float) corners[0], y + (float) corners[1]);
                for (int i = 2; i < corners.length; i += 2) {
                    path.lineTo(x + (float) corners[i], y + (float) corners[i + 1]);
                }
                path.close();
            }
            if (light.hollow()) {
                gc.drawPath(path);
            } else {
                gc.fillPath(path);
            }
        } finally {
            path.dispose();
        }
    }

    /** An image of a light for trees, tables and labels, sharp at every zoom. */
    public static ImageDescriptor image(Light light, Shades shades, int size) {
        return new LightImage(light, shades.rgb(Shade.of(light)), size);
    }

    /** Two of them are equal when they look the same, so that images are shared. */
    private static final class LightImage extends ImageDescriptor {

        private final Light light;
        private final int rgb;
        private final int size;

        LightImage(Light light, int rgb, int size) {
            this.light = light;
            this.rgb = rgb;
            this.size = size;
        }

        @Override
        public ImageData getImageData(int zoom) {
            return raster(light, rgb, size * zoom / 100);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof LightImage that
                    && light == that.light
                    && rgb == that.rgb
                    && size == that.size;
        }

        @Override
        public int hashCode() {
            return Objects.hash(light, rgb, size);
        }
    }

    /** Rasters by sampling each pixel sixteen times: no window system is needed. */
    private static ImageData raster(Light light, int rgb, int size) {
        ImageData data =
                new ImageData(size, size, 32, new PaletteData(0xFF0000, 0x00FF00, 0x0000FF));
        data.alphaData = new byte[size * size];
        double[] corners = light.corners(size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int inside = 0;
                for (int sample = 0; sample < 16; sample++) {
                    double px = x + (sample % 4 + .5) / 4;
                    double py = y + (sample / 4 + .5) / 4;
                    if (covers(light, corners, size, px, py)) {
                        inside++;
                    }
                }
                data.setPixel(x, y, rgb);
                data.setAlpha(x, y, inside * 255 / 16);
            }
        }
        return data;
    }

    private static boolean covers(Light light, double[] corners, int size, double x, double y) {
        if (corners.length > 0) {
            return inPolygon(corners, x, y);
        }
        double radius = size * .46;
        double distance = Math.hypot(x - size / 2.0, y - size / 2.0);
        return distance <= radius && (!light.hollow() || distance >= radius - size / 6.0);
    }

    private static boolean inPolygon(double[] corners, double x, double y) {
        boolean inside = false;
        int n = corners.length / 2;
        for (int i = 0, j = n - 1; i < n; j = i++) {
            double xi = corners[2 * i];
            double yi = corners[2 * i + 1];
            double xj = corners[2 * j];
            double yj = corners[2 * j + 1];
            if (yi > y != yj > y && x < (xj - xi) * (y - yi) / (yj - yi) + xi) {
                inside = !inside;
            }
        }
        return inside;
    }
}
