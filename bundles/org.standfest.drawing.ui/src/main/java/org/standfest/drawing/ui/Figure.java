package org.standfest.drawing.ui;

import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something with a place in a drawing. Children lie inside and are given in drawing units, too.
 *
 * @param id what it stands for
 * @param form how it is drawn
 * @param box where
 * @param title its name
 * @param note what is said second; empty for nothing
 * @param icon its picture
 * @param gauges thin bars below the name
 * @param badge what was found about it
 * @param children what lies in it
 */
public record Figure(
        String id,
        Form form,
        Box box,
        String title,
        String note,
        Optional<URL> icon,
        List<Gauge> gauges,
        Optional<Badge> badge,
        List<Figure> children) {

    /** How a figure is drawn. */
    public enum Form {
        /** A titled area. */
        AREA,
        /** A card with name and bars. */
        CARD,
        /** A small strip with icon and name. */
        CHIP,
        /** A drum. */
        DRUM,
        /** A plug at the head of an area. */
        PLUG,
        /** A line with its name above. */
        RAIL
    }

    /**
     * A thin bar.
     *
     * @param label what is measured, one or two words
     * @param filled how much is used; 1 is all of it, more is too much
     * @param mark where it will be after the worst single failure; negative for no mark
     */
    public record Gauge(String label, double filled, double mark) {}

    /** A small sign at the upper right corner. */
    public enum Badge {
        /** Worth knowing. */
        HINT,
        /** Will hurt in a foreseeable situation. */
        WARNING,
        /** Does not work. */
        ERROR
    }

    /** Checks that nothing is missing; copies. */
    public Figure {
        Objects.requireNonNull(id);
        Objects.requireNonNull(form);
        Objects.requireNonNull(box);
        Objects.requireNonNull(title);
        Objects.requireNonNull(note);
        gauges = List.copyOf(gauges);
        children = List.copyOf(children);
    }

    /** The same elsewhere, with all its children. */
    public Figure moved(double dx, double dy) {
        return new Figure(
                id,
                form,
                box.moved(dx, dy),
                title,
                note,
                icon,
                gauges,
                badge,
                children.stream().map(child -> child.moved(dx, dy)).toList());
    }

    /** The same with another size. */
    public Figure sized(double width, double height) {
        Box resized = new Box(box.x(), box.y(), width, height);
        return new Figure(id, form, resized, title, note, icon, gauges, badge, children);
    }
}
