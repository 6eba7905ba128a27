package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Device;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.Pattern;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;

import java.util.function.Consumer;

/**
 * An image of this process: shapes that are filled in it need no way into the X server. To be
 * disposed. User interface thread only.
 */
final class Picture {

    private final Image image;
    private final int width;
    private final int height;

    Picture(Device device, Rectangle area) {
        width = area.width;
        height = area.height;
        // No provider: SWT asks it again for the pixels of another zoom, and gets blank ones.
        PaletteData colours = new PaletteData(0xFF0000, 0xFF00, 0xFF);
        image = new Image(device, new ImageData(width, height, 24, colours));
    }

    boolean fits(Rectangle area) {
        return width == area.width && height == area.height;
    }

    /** Lets something be drawn into it. */
    void draw(Consumer<GC> drawing) {
        GC gc = new GC(image);
        try {
            drawing.accept(gc);
        } finally {
            gc.dispose();
        }
    }

    /** Copies it as a pattern: {@code GC.drawImage} first makes a copy of all pixels for itself. */
    void copyTo(GC gc, int dx, int dy) {
        Pattern pattern = new Pattern(gc.getDevice(), image);
        Transform moved = new Transform(gc.getDevice(), 1, 0, 0, 1, dx, dy);
        try {
            gc.setTransform(moved);
            gc.setBackgroundPattern(pattern);
            gc.fillRectangle(0, 0, width, height);
        } finally {
            gc.setBackgroundPattern(null);
            gc.setTransform(null);
            moved.dispose();
            pattern.dispose();
        }
    }

    /** Copies it larger or smaller, fast rather than fine. */
    void stretchTo(GC gc, Rectangle there) {
        gc.setInterpolation(SWT.NONE);
        gc.drawImage(image, 0, 0, width, height, there.x, there.y, there.width, there.height);
    }

    /** The pixels, one for each point whatever the zoom of the screen. */
    ImageData pixels() {
        return image.getImageData(100);
    }

    void dispose() {
        image.dispose();
    }
}
