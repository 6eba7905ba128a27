package org.standfest.drawing.ui;

import org.standfest.workbench.ui.look.Shade;
import org.standfest.workbench.ui.look.Shades;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws as SVG 1.1 text, without any window system: for files, pages and paper. Widths of texts are
 * estimated from a table of the usual sans-serif letters; a text that would be too long is cut. Use
 * once, from one thread.
 */
public final class SvgPainter implements Painter {

    private static final String ELLIPSIS = "\u2026";
    private static final double ASCENT = 0.36;

    private final Map<Shade, String> colors = new EnumMap<>(Shade.class);
    private final StringBuilder body = new StringBuilder(1 << 16);
    private final Map<String, String> symbols = new HashMap<>();
    private final StringBuilder definitions = new StringBuilder();

    /**
     * @param shades light or dark
     */
    public SvgPainter(Shades shades) {
        for (Shade shade : Shade.values()) {
            colors.put(shade, String.format(Locale.ROOT, "#%06x", shades.rgb(shade)));
        }
    }

    /** A whole scene at full detail, as a document of its own. */
    public static String document(Scene scene, Shades shades, String title) {
        SvgPainter painter = new SvgPainter(shades);
        SceneIndex index = new SceneIndex(scene);
        Box bounds = index.bounds();
        painter.fill(bounds, 0, Shade.SURFACE);
        new ScenePainter(painter, 1, java.util.Set.of(), Map.of()).paint(index, bounds);
        return painter.finish(bounds, title);
    }

    /**
     * The document.
     *
     * @param bounds what of the drawing is shown
     * @param title what a reader is told that cannot see it
     */
    public String finish(Box bounds, String title) {
        StringBuilder all = new StringBuilder(body.length() + definitions.length() + 600);
        all.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" ")
                .append("xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"");
        number(all, bounds.width()).append("\" height=\"");
        number(all, bounds.height()).append("\" viewBox=\"");
        number(all, bounds.x()).append(' ');
        number(all, bounds.y()).append(' ');
        number(all, bounds.width()).append(' ');
        number(all, bounds.height()).append("\" role=\"img\">\n<title>");
        escape(all, title);
        all.append("</title>\n<style>text{font-family:'Segoe UI','Noto Sans','DejaVu Sans',")
                .append("Helvetica,Arial,sans-serif}</style>\n");
        if (!definitions.isEmpty()) {
            all.append("<defs>\n").append(definitions).append("</defs>\n");
        }
        return all.append(body).append("</svg>\n").toString();
    }

    @Override
    public void fill(Box box, double radius, Shade shade) {
        rectangle(box, radius).append(" fill=\"");
        color(shade).append("\"/>\n");
    }

    @Override
    public void outline(Box box, double radius, Shade shade, double width) {
        rectangle(box, radius).append(" fill=\"none\" stroke=\"");
        color(shade);
        strokeWidth(width).append("/>\n");
    }

    private StringBuilder rectangle(Box box, double radius) {
        attribute(attribute(body.append("<rect"), "x", box.x()), "y", box.y());
        attribute(attribute(body, "width", box.width()), "height", box.height());
        return radius > 0 ? attribute(body, "rx", radius) : body;
    }

    @Override
    public void fillAll(List<Box> boxes, double radius, Shade shade) {
        if (boxes.isEmpty()) {
            return;
        }
        body.append("<g fill=\"");
        color(shade).append("\">\n");
        for (Box box : boxes) {
            rectangle(box, radius).append("/>\n");
        }
        body.append("</g>\n");
    }

    @Override
    public void outlineAll(List<Box> boxes, double radius, Shade shade, double width) {
        if (boxes.isEmpty()) {
            return;
        }
        body.append("<g fill=\"none\" stroke=\"");
        color(shade);
        strokeWidth(width).append(">\n");
        for (Box box : boxes) {
            rectangle(box, radius).append("/>\n");
        }
        body.append("</g>\n");
    }

    @Override
    public void line(List<Spot> course, Shade shade, double width, boolean dashed) {
        body.append("<polyline fill=\"none\" stroke=\"");
        color(shade);
        strokeWidth(width);
        if (dashed) {
            body.append(" stroke-dasharray=\"6 4\"");
        }
        points(course).append("/>\n");
    }

    @Override
    public void polygon(List<Spot> corners, Shade shade) {
        body.append("<polygon fill=\"");
        color(shade).append('"');
        points(corners).append("/>\n");
    }

    private StringBuilder points(List<Spot> course) {
        body.append(" points=\"");
        for (Spot spot : course) {
            number(body, spot.x()).append(',');
            number(body, spot.y()).append(' ');
        }
        body.setLength(body.length() - 1);
        return body.append('"');
    }

    @Override
    public void ellipse(Box box, Shade shade) {
        round(box).append(" fill=\"");
        color(shade).append("\"/>\n");
    }

    @Override
    public void ellipseOutline(Box box, Shade shade, double width) {
        round(box).append(" fill=\"none\" stroke=\"");
        color(shade);
        strokeWidth(width).append("/>\n");
    }

    private StringBuilder round(Box box) {
        body.append("<ellipse");
        attribute(attribute(body, "cx", box.centre().x()), "cy", box.centre().y());
        return attribute(attribute(body, "rx", box.width() / 2), "ry", box.height() / 2);
    }

    @Override
    public void text(String words, Box box, Type type, Shade shade, Align align) {
        if (words.isEmpty() || box.width() < 4) {
            return;
        }
        String shown = fitting(words, type, box.width());
        double x =
                switch (align) {
                    case LEFT -> box.x();
                    case CENTRE -> box.centre().x();
                    case RIGHT -> box.right();
                };
        body.append("<text");
        attribute(body, "x", x);
        attribute(body, "y", box.centre().y() + size(type) * ASCENT);
        attribute(body, "font-size", size(type)).append(" fill=\"");
        color(shade).append('"');
        if (bold(type)) {
            body.append(" font-weight=\"600\"");
        }
        if (align != Align.LEFT) {
            body.append(" text-anchor=\"")
                    .append(align == Align.CENTRE ? "middle" : "end")
                    .append('"');
        }
        escape(body.append('>'), shown);
        body.append("</text>\n");
    }

    private String fitting(String words, Type type, double width) {
        if (width(words, type) <= width) {
            return words;
        }
        int end = words.length();
        while (end > 0 && width(words.substring(0, end) + ELLIPSIS, type) > width) {
            end--;
        }
        return words.substring(0, end).stripTrailing() + ELLIPSIS;
    }

    @Override
    public double width(String words, Type type) {
        double units = 0;
        for (int i = 0; i < words.length(); i++) {
            units += width(words.charAt(i));
        }
        return units * size(type) * (bold(type) ? 1.07 : 1);
    }

    /** About the widths of the letters of a usual sans-serif type, in parts of its size. */
    private static double width(char letter) {
        if ("iljI.,:;'|!\u00b7".indexOf(letter) >= 0) {
            return .29;
        }
        if ("ftr()[]-/ \u00a0".indexOf(letter) >= 0) {
            return .37;
        }
        if ("mwMW%@\u2026".indexOf(letter) >= 0) {
            return .86;
        }
        return Character.isUpperCase(letter) ? .67 : .57;
    }

    private static double size(Type type) {
        return switch (type) {
            case HEADING -> 15;
            case STRONG -> 13;
            case TEXT -> 12;
            case SMALL -> 10.7;
        };
    }

    private static boolean bold(Type type) {
        return type == Type.HEADING || type == Type.STRONG;
    }

    @Override
    public void icon(URL icon, Box box) {
        String id = symbols.computeIfAbsent(icon.toString(), _ -> define(icon));
        body.append("<use xlink:href=\"#").append(id).append('"');
        attribute(attribute(body, "x", box.x()), "y", box.y());
        attribute(attribute(body, "width", box.width()), "height", box.height());
        body.append("/>\n");
    }

    /** An icon becomes a symbol once; its picture is text of this house. */
    private String define(URL icon) {
        String id = "i" + symbols.size();
        String text;
        try (InputStream bytes = icon.openStream()) {
            text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException("own icon " + icon, fault);
        }
        int tag = text.indexOf("<svg");
        int open = text.indexOf('>', tag);
        int end = text.lastIndexOf("</svg>");
        if (tag < 0 || open < 0 || end < open) {
            throw new IllegalStateException("no SVG: " + icon);
        }
        String attributes =
                text.substring(tag + 4, open)
                        .replaceAll("\\s(xmlns|width|height|x|y)=\"[^\"]*\"", "");
        definitions
                .append("<symbol id=\"")
                .append(id)
                .append('"')
                .append(attributes)
                .append('>')
                .append(text, open + 1, end)
                .append("</symbol>\n");
        return id;
    }

    private StringBuilder color(Shade shade) {
        return body.append(colors.get(shade));
    }

    private StringBuilder strokeWidth(double width) {
        return attribute(body.append('"'), "stroke-width", width);
    }

    private static StringBuilder attribute(StringBuilder into, String name, double value) {
        into.append(' ').append(name).append("=\"");
        return number(into, value).append('"');
    }

    /** At most two digits behind the point, and none that say nothing. */
    private static StringBuilder number(StringBuilder into, double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths < 0) {
            into.append('-');
            hundredths = -hundredths;
        }
        into.append(hundredths / 100);
        int rest = (int) (hundredths % 100);
        if (rest > 0) {
            into.append('.').append(rest / 10);
            if (rest % 10 > 0) {
                into.append(rest % 10);
            }
        }
        return into;
    }

    private static void escape(StringBuilder into, String words) {
        for (int i = 0; i < words.length(); i++) {
            char letter = words.charAt(i);
            switch (letter) {
                case '&' -> into.append("&amp;");
                case '<' -> into.append("&lt;");
                case '>' -> into.append("&gt;");
                case '"' -> into.append("&quot;");
                default -> into.append(letter < ' ' ? ' ' : letter);
            }
        }
    }
}
