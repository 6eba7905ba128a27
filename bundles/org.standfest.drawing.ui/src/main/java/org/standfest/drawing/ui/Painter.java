package org.standfest.drawing.ui;

import org.standfest.workbench.ui.look.Shade;

import java.net.URL;
import java.util.List;

/**
 * What a drawing needs to be drawn: on a screen, and later as a picture, as SVG or on paper. All
 * measures are drawing units.
 */
public interface Painter {

    /** A filled rectangle with rounded corners. */
    void fill(Box box, double radius, Shade shade);

    /** The outline of a rectangle with rounded corners. */
    void outline(Box box, double radius, Shade shade, double width);

    /** A line through points. */
    void line(List<Spot> course, Shade shade, double width, boolean dashed);

    /** A filled polygon. */
    void polygon(List<Spot> corners, Shade shade);

    /** A filled ellipse. */
    void ellipse(Box box, Shade shade);

    /** The outline of an ellipse. */
    void ellipseOutline(Box box, Shade shade, double width);

    /** Many filled rectangles; one call is much cheaper than many. */
    default void fillAll(List<Box> boxes, double radius, Shade shade) {
        boxes.forEach(box -> fill(box, radius, shade));
    }

    /** The outlines of many rectangles. */
    default void outlineAll(List<Box> boxes, double radius, Shade shade, double width) {
        boxes.forEach(box -> outline(box, radius, shade, width));
    }

    /** Many lines of one kind. */
    default void lineAll(List<List<Spot>> courses, Shade shade, double width, boolean dashed) {
        courses.forEach(course -> line(course, shade, width, dashed));
    }

    /** Many filled polygons. */
    default void polygonAll(List<List<Spot>> outlines, Shade shade) {
        outlines.forEach(corners -> polygon(corners, shade));
    }

    /**
     * One line of text, cut with an ellipsis where it is too long.
     *
     * @param box where; the text is in its middle, vertically
     */
    void text(String words, Box box, Type type, Shade shade, Align align);

    /** How wide a text is. */
    double width(String words, Type type);

    /** A picture. */
    void icon(URL icon, Box box);

    /** Sizes of text. */
    enum Type {
        /** Names of areas. */
        HEADING,
        /** Names of cards. */
        STRONG,
        /** Everything else. */
        TEXT,
        /** What is read second. */
        SMALL
    }

    /** Where a text lies in its rectangle. */
    enum Align {
        /** Left. */
        LEFT,
        /** In the middle. */
        CENTRE,
        /** Right. */
        RIGHT
    }
}
