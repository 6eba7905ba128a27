package org.standfest.drawing.ui.canvas;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.graphics.ImageData;

import java.util.Objects;

/** A picture at several times its size, so that it stays sharp when it is drawn enlarged. */
final class Enlarged extends ImageDescriptor {

    private final ImageDescriptor plain;
    private final int zoom;

    Enlarged(ImageDescriptor plain, int zoom) {
        this.plain = plain;
        this.zoom = zoom;
    }

    @Override
    public ImageData getImageData(int asked) {
        if (asked != 100) {
            return null;
        }
        ImageData large = plain.getImageData(zoom);
        return large == null ? plain.getImageData(100) : large;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Enlarged that && zoom == that.zoom && plain.equals(that.plain);
    }

    @Override
    public int hashCode() {
        return Objects.hash(plain, zoom);
    }
}
