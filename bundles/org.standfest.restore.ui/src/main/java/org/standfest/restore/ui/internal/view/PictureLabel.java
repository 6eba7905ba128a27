package org.standfest.restore.ui.internal.view;

import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.standfest.workbench.ui.look.Spoken;
import org.standfest.workbench.ui.look.Style;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.function.Supplier;

/** Shows a picture as wide as there is room; takes no room without one. */
final class PictureLabel {

    private static final int LARGEST = 420;

    private final Canvas canvas;
    private String shown = "";
    private Image image;

    /**
     * @param name what the picture shows
     */
    PictureLabel(Composite parent, Supplier<String> name) {
        canvas =
                new Canvas(parent, SWT.DOUBLE_BUFFERED) {
                    @Override
                    public Point computeSize(int width, int height, boolean changed) {
                        return size(width);
                    }
                };
        Style.PAGE.on(canvas);
        canvas.setVisible(false);
        canvas.setData("standfest.id", "guide.picture");
        Spoken.as(canvas, name);
        canvas.addListener(SWT.Paint, event -> paint(event.gc));
        canvas.addListener(SWT.Dispose, _ -> forget());
    }

    void show(String png) {
        if (png.equals(shown)) {
            return;
        }
        shown = png;
        forget();
        if (!png.isEmpty()) {
            try {
                byte[] bytes = Base64.getDecoder().decode(png);
                image = new Image(canvas.getDisplay(), new ByteArrayInputStream(bytes));
            } catch (SWTException | IllegalArgumentException notAPicture) {
                image = null;
            }
        }
        canvas.setVisible(image != null);
        canvas.redraw();
    }

    private Point size(int width) {
        if (image == null) {
            return new Point(0, 0);
        }
        Rectangle bounds = image.getBounds();
        int high = Math.min(LARGEST, Math.max(1, width) * bounds.height / bounds.width);
        return new Point(high * bounds.width / bounds.height, high);
    }

    private void paint(GC gc) {
        if (image != null) {
            Rectangle all = image.getBounds();
            Point size = size(canvas.getClientArea().width);
            gc.setInterpolation(SWT.HIGH);
            gc.drawImage(image, 0, 0, all.width, all.height, 0, 0, size.x, size.y);
        }
    }

    private void forget() {
        if (image != null) {
            image.dispose();
            image = null;
        }
    }
}
