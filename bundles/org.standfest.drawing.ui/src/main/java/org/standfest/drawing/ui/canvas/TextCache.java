package org.standfest.drawing.ui.canvas;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.TextLayout;
import org.eclipse.swt.widgets.Control;
import org.standfest.drawing.ui.Painter;
import org.standfest.workbench.ui.look.Look;

import java.net.URL;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps texts shaped and cut, and icons rastered: both cost more than to draw them. Holds at most
 * {@value #MAX_TEXTS} texts, the least used go first. Freed with its control; user interface thread
 * only.
 */
final class TextCache {

    /** A width that cuts nothing. */
    static final double ANY = 1e6;

    private static final int MAX_TEXTS = 6000;
    private static final String ELLIPSIS = "\u2026";

    private final Control owner;
    private final Look look;
    private final Map<Key, Shaped> texts = new LinkedHashMap<>(256, 0.75f, true);
    private final Map<IconKey, Image> icons = new HashMap<>();

    private final Map<FontKey, Font> fonts = new HashMap<>();

    private record FontKey(Painter.Type type, boolean far) {}

    private record Key(String words, Font font, int width) {}

    private record IconKey(String icon, int zoom) {}

    /**
     * A text ready to be drawn.
     *
     * @param layout what draws it
     * @param width how wide it is, in points
     * @param height how high it is, in points
     */
    record Shaped(TextLayout layout, int width, int height) {}

    TextCache(Control owner, Look look) {
        this.owner = owner;
        this.look = look;
        owner.addDisposeListener(_ -> texts.values().forEach(each -> each.layout().dispose()));
    }

    /** A text cut with an ellipsis where it is too long. */
    Shaped shaped(String words, Font font, double width) {
        Key key = new Key(words, font, (int) width);
        Shaped known = texts.get(key);
        if (known == null) {
            known = shape(words, font, width);
            texts.put(key, known);
            if (texts.size() > MAX_TEXTS) {
                Iterator<Shaped> oldest = texts.values().iterator();
                oldest.next().layout().dispose();
                oldest.remove();
            }
        }
        return known;
    }

    private Shaped shape(String words, Font font, double width) {
        TextLayout layout = new TextLayout(owner.getDisplay());
        layout.setFont(font);
        layout.setText(words);
        Rectangle size = layout.getBounds();
        if (size.width > width) {
            int low = 0;
            int high = words.length();
            while (low < high) {
                int middle = (low + high + 1) / 2;
                layout.setText(words.substring(0, middle) + ELLIPSIS);
                if (layout.getBounds().width <= width) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            layout.setText(words.substring(0, low).stripTrailing() + ELLIPSIS);
            size = layout.getBounds();
        }
        return new Shaped(layout, size.width, size.height);
    }

    /** An icon at a zoom in percent. */
    Image icon(URL icon, int zoom) {
        return icons.computeIfAbsent(
                new IconKey(icon.toString(), zoom),
                _ -> look.image(new Enlarged(ImageDescriptor.createFromURL(icon), zoom)));
    }

    /**
     * The font of a kind of text.
     *
     * @param far whether the drawing is seen from so far that names of areas are written larger
     */
    Font font(Painter.Type type, boolean far) {
        return fonts.computeIfAbsent(
                new FontKey(type, far),
                key ->
                        switch (key.type()) {
                            case HEADING -> look.sized(key.far() ? 1.6 : 1.15, SWT.BOLD);
                            case STRONG -> look.strong();
                            case TEXT -> look.sized(0.92, SWT.NORMAL);
                            case SMALL -> look.sized(0.82, SWT.NORMAL);
                        });
    }
}
