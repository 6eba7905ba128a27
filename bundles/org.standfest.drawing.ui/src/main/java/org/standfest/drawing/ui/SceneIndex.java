package org.standfest.drawing.ui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds what a scene holds by place and by identity without looking at all of it. Figures lie in
 * their containers, so the containers are the index; among many brothers every {@value #BUNDLE} are
 * bundled under one rectangle. Immutable, safe for any thread.
 */
public final class SceneIndex {

    private static final int BUNDLE = 24;
    private static final double NEAR = 5;

    private final Scene scene;
    private final Box bounds;
    private final Map<String, Figure> figures = new HashMap<>();
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, Wire> wires = new HashMap<>();
    private final Map<String, List<Bundle<Figure>>> inside = new HashMap<>();
    private final List<Bundle<Figure>> roots;
    private final List<Bundle<Line>> lines;

    private record Bundle<T>(Box box, List<T> members) {}

    /** A line with room for its label; asked at each picture, so it is known beforehand. */
    private record Line(Wire wire, Box reach) {}

    /**
     * @param scene what is looked up
     */
    public SceneIndex(Scene scene) {
        this.scene = Objects.requireNonNull(scene);
        bounds = scene.bounds();
        roots = bundles(scene.figures(), Figure::box);
        scene.figures().forEach(figure -> remember(figure, ""));
        scene.wires().forEach(wire -> wires.putIfAbsent(wire.id(), wire));
        lines =
                bundles(
                        scene.wires().stream()
                                .map(wire -> new Line(wire, wire.bounds().grown(60)))
                                .toList(),
                        Line::reach);
    }

    private void remember(Figure figure, String parent) {
        if (figures.putIfAbsent(figure.id(), figure) == null) {
            parents.put(figure.id(), parent);
        }
        if (figure.children().size() > BUNDLE) {
            inside.put(figure.id(), bundles(figure.children(), Figure::box));
        }
        figure.children().forEach(child -> remember(child, figure.id()));
    }

    private static <T> List<Bundle<T>> bundles(
            List<T> all, java.util.function.Function<T, Box> reach) {
        List<Bundle<T>> bundles = new ArrayList<>();
        for (int first = 0; first < all.size(); first += BUNDLE) {
            List<T> members = all.subList(first, Math.min(all.size(), first + BUNDLE));
            Box around = reach.apply(members.getFirst());
            for (T member : members) {
                around = around.and(reach.apply(member));
            }
            bundles.add(new Bundle<>(around, members));
        }
        return bundles;
    }

    /** What is looked up. */
    public Scene scene() {
        return scene;
    }

    /** How many figures there are. */
    public int size() {
        return figures.size();
    }

    /** The smallest rectangle around everything, with a margin. */
    public Box bounds() {
        return bounds;
    }

    /** A figure; empty if there is none with this identity. */
    public Optional<Figure> figure(String id) {
        return Optional.ofNullable(figures.get(id));
    }

    /** A line; empty if there is none with this identity. */
    public Optional<Wire> wire(String id) {
        return Optional.ofNullable(wires.get(id));
    }

    /** What a figure lies in; empty for the outermost and for unknown ones. */
    public Optional<Figure> parent(String id) {
        return Optional.ofNullable(parents.get(id)).flatMap(this::figure);
    }

    /** Where something is drawn; empty if it is not in the drawing. */
    public Optional<Box> place(String id) {
        return figure(id).map(Figure::box).or(() -> wire(id).map(Wire::bounds));
    }

    /** Shows every figure that meets a rectangle, containers before what lies in them. */
    public void figures(Box visible, Consumer<Figure> visitor) {
        visit(roots, visible.grown(8), true, visitor);
    }

    /** The same, but does not go into figures of another form than an area. */
    public void outerFigures(Box visible, Consumer<Figure> visitor) {
        visit(roots, visible.grown(8), false, visitor);
    }

    private void visit(
            List<Bundle<Figure>> bundles, Box visible, boolean all, Consumer<Figure> visitor) {
        for (Bundle<Figure> bundle : bundles) {
            if (bundle.box().meets(visible)) {
                visitAll(bundle.members(), visible, all, visitor);
            }
        }
    }

    private void visitAll(
            List<Figure> brothers, Box visible, boolean all, Consumer<Figure> visitor) {
        for (Figure figure : brothers) {
            if (!figure.box().meets(visible)) {
                continue;
            }
            visitor.accept(figure);
            boolean open = all || figure.form() == Figure.Form.AREA;
            if (!open || figure.children().isEmpty()) {
                continue;
            }
            List<Bundle<Figure>> bundled = inside.get(figure.id());
            if (bundled == null) {
                visitAll(figure.children(), visible, all, visitor);
            } else {
                visit(bundled, visible, all, visitor);
            }
        }
    }

    /** Shows every line that comes near a rectangle. */
    public void wires(Box visible, Consumer<Wire> visitor) {
        for (Bundle<Line> bundle : lines) {
            if (bundle.box().meets(visible)) {
                for (Line line : bundle.members()) {
                    if (line.reach().meets(visible)) {
                        visitor.accept(line.wire());
                    }
                }
            }
        }
    }

    /** What lies at a point, the innermost first; lines before areas. */
    public Optional<String> at(Spot spot) {
        return at(spot, NEAR);
    }

    /**
     * What lies at a point, the innermost first; lines before areas.
     *
     * @param near how far from a line still counts, in drawing units
     */
    public Optional<String> at(Spot spot, double near) {
        Optional<Figure> hit = figureAt(spot);
        if (hit.isPresent() && hit.get().form() != Figure.Form.AREA) {
            return hit.map(Figure::id);
        }
        List<String> found = new ArrayList<>();
        wires(
                new Box(spot.x(), spot.y(), 0, 0),
                wire -> {
                    if (wire.bounds().grown(near).contains(spot) && wire.distance(spot) <= near) {
                        found.add(wire.id());
                    }
                });
        return found.stream().findFirst().or(() -> hit.map(Figure::id));
    }

    /** The innermost figure at a point. */
    public Optional<Figure> figureAt(Spot spot) {
        List<Figure> hits = new ArrayList<>();
        figures(
                new Box(spot.x(), spot.y(), 0, 0),
                figure -> {
                    if (figure.box().contains(spot)) {
                        hits.add(figure);
                    }
                });
        return hits.isEmpty() ? Optional.empty() : Optional.of(hits.getLast());
    }

    /** The outermost figures other than areas that lie wholly in a rectangle; areas, too. */
    public List<String> within(Box frame) {
        LinkedHashSet<String> found = new LinkedHashSet<>();
        figures(
                frame,
                figure -> {
                    boolean whole = frame.contains(figure.box());
                    boolean held =
                            parent(figure.id()).map(Figure::id).filter(found::contains).isPresent();
                    if (whole && !held && figure.form() != Figure.Form.PLUG) {
                        found.add(figure.id());
                    }
                });
        return List.copyOf(found);
    }

    /** Every figure in the order in which it is read: containers before what lies in them. */
    public List<Figure> reading() {
        List<Figure> order = new ArrayList<>(figures.size());
        collect(scene.figures(), order);
        return Collections.unmodifiableList(order);
    }

    private static void collect(List<Figure> all, List<Figure> into) {
        List<Figure> sorted = new ArrayList<>(all);
        sorted.sort(
                (a, b) -> {
                    double rows = a.box().y() - b.box().y();
                    boolean sameRow = Math.abs(rows) < 12;
                    return sameRow
                            ? Double.compare(a.box().x(), b.box().x())
                            : Double.compare(a.box().y(), b.box().y());
                });
        for (Figure figure : sorted) {
            into.add(figure);
            collect(figure.children(), into);
        }
    }
}
