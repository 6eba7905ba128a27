package org.standfest.designer.ui.internal.editing;

import org.eclipse.emf.ecore.EClass;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.drawing.Place;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.SceneIndex;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.gestures.Drag;
import org.standfest.drawing.ui.gestures.Editing;
import org.standfest.drawing.ui.gestures.Verdict;
import org.standfest.results.Finding;
import org.standfest.topology.Component;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.edit.ElementWords;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers for a topology what may be done on its drawing, and does it. Used by the document's
 * thread.
 */
public final class ModelEditing implements Editing {

    private final TopologyDocument document;
    private final Supplier<SceneIndex> index;
    private final TopologyEdits edits;
    private final EditWords words;
    private final ElementWords names;
    private final Locale locale;
    private final Consumer<Element> onOpen;

    /**
     * @param index what is drawn now
     * @param onOpen told what was double-clicked
     */
    public ModelEditing(
            TopologyDocument document,
            Supplier<SceneIndex> index,
            TopologyEdits edits,
            Locale locale,
            Consumer<Element> onOpen) {
        this.document = document;
        this.index = index;
        this.edits = edits;
        this.words = new EditWords(locale);
        this.names = document.words();
        this.locale = locale;
        this.onOpen = onOpen;
    }

    private <T> Optional<T> find(String id, Class<T> type) {
        return document.find(id).filter(type::isInstance).map(type::cast);
    }

    /** The element of a kind that a figure stands for, or that its figure lies in. */
    private <T> Optional<T> around(Optional<String> id, Class<T> type) {
        Optional<String> each = id;
        while (each.isPresent()) {
            Optional<T> found = find(each.get(), type);
            if (found.isPresent()) {
                return found;
            }
            each = index.get().parent(each.get()).map(Figure::id);
        }
        return Optional.empty();
    }

    @Override
    public void open(String id) {
        document.find(id).ifPresent(onOpen);
    }

    @Override
    public boolean movable(String id) {
        return document.find(id)
                .filter(it -> it instanceof VirtualMachine || TopologyEdits.placeable(it))
                .isPresent();
    }

    @Override
    public boolean resizable(String id) {
        return document.find(id)
                .filter(it -> it instanceof Site || TopologyEdits.isCard(it))
                .isPresent();
    }

    @Override
    public boolean connectable(String id) {
        return document.find(id).filter(it -> it instanceof Site || it instanceof Host).isPresent();
    }

    @Override
    public Verdict over(Drag drag) {
        List<VirtualMachine> guests = all(drag, VirtualMachine.class);
        if (!guests.isEmpty()) {
            return guests.size() == drag.ids().size()
                    ? overHost(drag, guests)
                    : Verdict.refused(words.text("no.mixed"));
        }
        List<Site> sites = all(drag, Site.class);
        if (!sites.isEmpty()) {
            return sites.size() == drag.ids().size()
                    ? Verdict.FINE
                    : Verdict.refused(words.text("no.mixed"));
        }
        Optional<Site> site = around(drag.target(), Site.class);
        if (site.isEmpty()) {
            Element first = find(drag.ids().getFirst(), Element.class).orElseThrow();
            return Verdict.refused(words.text("no.site", names.type(first.eClass())));
        }
        boolean stays =
                all(drag, Component.class).stream()
                        .allMatch(each -> each.eContainer() == site.get());
        return stays
                ? Verdict.FINE
                : Verdict.fine(words.text("ok.relocate", names.label(site.get())));
    }

    private Verdict overHost(Drag drag, List<VirtualMachine> guests) {
        if (drag.copy()) {
            return Verdict.FINE;
        }
        Optional<Host> host = around(drag.target(), Host.class);
        if (host.isEmpty()) {
            boolean nowhere = drag.target().equals(Optional.of(document.topology().getId()));
            return nowhere ? Verdict.FINE : Verdict.refused(words.text("no.host"));
        }
        return new Relocation(document.topology(), names, words).to(host.get(), guests);
    }

    private <T> List<T> all(Drag drag, Class<T> type) {
        List<T> found = new ArrayList<>();
        drag.ids().forEach(id -> find(id, type).ifPresent(found::add));
        return found;
    }

    @Override
    public void drop(Drag drag) {
        if (drag.copy()) {
            document.select(edits.duplicate(all(drag, Element.class)), this);
            return;
        }
        List<VirtualMachine> guests = all(drag, VirtualMachine.class);
        if (!guests.isEmpty()) {
            edits.rehost(guests, around(drag.target(), Host.class).orElse(null));
            return;
        }
        List<Component> moved = all(drag, Component.class);
        Optional<Site> site = around(drag.target(), Site.class);
        boolean carried =
                !(moved.getFirst() instanceof Site)
                        && site.isPresent()
                        && moved.stream().anyMatch(each -> each.eContainer() != site.get());
        if (carried) {
            Box there = index.get().place(site.get().getId()).orElseThrow();
            edits.carry(places(moved, drag.dx(), drag.dy(), Optional.of(there)), site.get());
        } else {
            move(moved, drag.dx(), drag.dy());
        }
    }

    /** Moves components and leaves everything beside them where it stands now. */
    private void move(List<Component> moved, double dx, double dy) {
        edits.place("move", places(moved, dx, dy, Optional.empty()), beside(moved));
    }

    /** What would be laid out anew if one of its brothers got a place. */
    private Map<Component, Place> beside(List<Component> moved) {
        List<Component> others = new ArrayList<>();
        for (Component component : moved) {
            component.eContainer().eContents().stream()
                    .filter(TopologyEdits::placeable)
                    .map(Component.class::cast)
                    .filter(each -> !moved.contains(each) && !others.contains(each))
                    .filter(each -> (each instanceof Site) == (component instanceof Site))
                    .forEach(others::add);
        }
        Map<Component, Place> places = new LinkedHashMap<>();
        for (Component other : others) {
            place(other, 0, 0, Optional.empty())
                    .ifPresent(
                            it ->
                                    places.put(
                                            other,
                                            new Place(
                                                    false,
                                                    it.x(),
                                                    it.y(),
                                                    it.width(),
                                                    it.height())));
        }
        return places;
    }

    private Map<Component, Place> places(
            List<Component> components, double dx, double dy, Optional<Box> container) {
        Map<Component, Place> places = new LinkedHashMap<>();
        for (Component component : components) {
            place(component, dx, dy, container).ifPresent(it -> places.put(component, it));
        }
        return places;
    }

    /** Where a component would stand, from the corner of what it lies in. */
    private Optional<Place> place(
            Component component, double dx, double dy, Optional<Box> container) {
        Optional<Box> box = index.get().place(component.getId());
        if (box.isEmpty()) {
            return Optional.empty();
        }
        Box from =
                container
                        .or(() -> index.get().parent(component.getId()).map(Figure::box))
                        .orElse(new Box(0, 0, 0, 0));
        Place before = Place.of(component).orElse(new Place(true, 0, 0, 0, 0));
        return Optional.of(
                before.pinnedAt(box.get().x() + dx - from.x(), box.get().y() + dy - from.y()));
    }

    @Override
    public void resize(String id, Box box) {
        find(id, Component.class)
                .filter(it -> resizable(id))
                .ifPresent(
                        component -> {
                            Box around =
                                    index.get()
                                            .parent(id)
                                            .map(Figure::box)
                                            .orElse(new Box(0, 0, 0, 0));
                            Place place =
                                    new Place(
                                            true,
                                            (int) Math.round(box.x() - around.x()),
                                            (int) Math.round(box.y() - around.y()),
                                            (int) Math.round(box.width()),
                                            (int) Math.round(box.height()));
                            edits.place(
                                    "resize", Map.of(component, place), beside(List.of(component)));
                        });
    }

    @Override
    public void nudge(Set<String> ids, double dx, double dy) {
        List<Component> moved = new ArrayList<>();
        for (String id : ids) {
            find(id, Component.class).filter(TopologyEdits::placeable).ifPresent(moved::add);
        }
        moved.removeIf(each -> moved.contains(each.eContainer()));
        if (!moved.isEmpty()) {
            move(moved, dx, dy);
        }
    }

    /** Moves each component to a box of its own: aligned or distributed. */
    public void arrange(String key, Map<Component, Spot> targets) {
        Map<Component, Place> places = new LinkedHashMap<>();
        targets.forEach(
                (component, spot) -> {
                    Box box = index.get().place(component.getId()).orElseThrow();
                    place(component, spot.x() - box.x(), spot.y() - box.y(), Optional.empty())
                            .ifPresent(it -> places.put(component, it));
                });
        if (!places.isEmpty()) {
            edits.place(key, places, beside(List.copyOf(places.keySet())));
        }
    }

    @Override
    public Verdict overConnection(String from, String to) {
        Optional<Element> one = document.find(from);
        Optional<Element> other = target(from, to);
        if (one.isEmpty() || other.isEmpty()) {
            return Verdict.refused(words.text("no.connect"));
        }
        return edits.connection(one.get(), other.get())
                .map(
                        type ->
                                Verdict.fine(
                                        words.text(
                                                type == TopologyPackage.Literals.LINK
                                                        ? "ok.link"
                                                        : "ok.pair",
                                                names.label(other.get()))))
                .orElseGet(() -> Verdict.refused(words.text("no.connect")));
    }

    /** A line from a site ends at a site, one from a host at a host, whatever lies in it. */
    private Optional<Element> target(String from, String to) {
        return find(from, Site.class).isPresent()
                ? around(Optional.of(to), Site.class).map(Element.class::cast)
                : around(Optional.of(to), Host.class).map(Element.class::cast);
    }

    @Override
    public void connect(String from, String to) {
        document.find(from)
                .flatMap(one -> target(from, to).flatMap(other -> edits.connect(one, other)))
                .ifPresent(made -> document.select(List.of(made), this));
    }

    /** What a tool would put a new element into; empty where it cannot. */
    private Optional<Element> owner(EClass type, Optional<String> target) {
        if (type == TopologyPackage.Literals.VIRTUAL_MACHINE) {
            return around(target, Host.class).map(Element.class::cast);
        }
        boolean ofSite = TopologyEdits.containment(TopologyPackage.Literals.SITE, type).isPresent();
        if (ofSite) {
            return around(target, Site.class).map(Element.class::cast);
        }
        return Optional.of(document.topology());
    }

    private static EClass type(String tool) {
        return (EClass) TopologyPackage.eINSTANCE.getEClassifier(tool);
    }

    @Override
    public Verdict overTool(String tool, Optional<String> target) {
        Optional<Element> owner = owner(type(tool), target);
        if (owner.isPresent()) {
            return owner.get() instanceof Topology
                    ? Verdict.FINE
                    : Verdict.fine(words.text("ok.relocate", names.label(owner.get())));
        }
        boolean guest = type(tool) == TopologyPackage.Literals.VIRTUAL_MACHINE;
        return Verdict.refused(words.text(guest ? "no.guest" : "no.inside"));
    }

    @Override
    public void use(String tool, Spot spot, Optional<String> target) {
        EClass type = type(tool);
        owner(type, target)
                .flatMap(owner -> edits.create(type, owner, placeFor(type, owner, spot)))
                .ifPresent(made -> document.select(List.of(made), this));
    }

    /** A new element stands where it was put, unless the layout has placed everything so far. */
    private Optional<Place> placeFor(EClass type, Element owner, Spot spot) {
        boolean first = owner instanceof Topology all && all.getSites().isEmpty();
        if (first || type != TopologyPackage.Literals.SITE && !(owner instanceof Site)) {
            return Optional.empty();
        }
        boolean laidOut =
                owner.eContents().stream()
                        .filter(TopologyEdits::placeable)
                        .noneMatch(each -> ((Component) each).getPlacement() != null);
        if (laidOut) {
            return Optional.empty();
        }
        Box corner =
                owner instanceof Site
                        ? index.get().place(owner.getId()).orElse(new Box(0, 0, 0, 0))
                        : new Box(0, 0, 0, 0);
        return Optional.of(
                new Place(true, 0, 0, 0, 0).pinnedAt(spot.x() - corner.x(), spot.y() - corner.y()));
    }

    @Override
    public Box size(String tool) {
        return switch (tool) {
            case "Site" -> new Box(0, 0, 324, 72);
            case "Storage" -> new Box(0, 0, 190, 62);
            case "VirtualMachine" -> new Box(0, 0, 272, 24);
            default -> new Box(0, 0, 292, 60);
        };
    }

    @Override
    public Optional<String> name(String id) {
        return document.find(id).map(names::label);
    }

    @Override
    public void rename(String id, String name) {
        document.find(id).ifPresent(element -> edits.rename(element, name));
    }

    @Override
    public String tip(String id) {
        Optional<Element> element = document.find(id);
        if (element.isEmpty()) {
            return "";
        }
        String tip = names.type(element.get().eClass()) + ": " + names.label(element.get());
        for (Finding finding : document.report().findings()) {
            if (finding.elementId().equals(id)) {
                tip = words.text("tip.more", tip, finding.explanation().happened(locale));
            }
        }
        return tip;
    }

    @Override
    public String spoken(String id) {
        return index.get()
                .parent(id)
                .flatMap(parent -> document.find(parent.id()))
                .map(parent -> words.text("spoken.in", tip(id), names.label(parent)))
                .orElseGet(() -> tip(id));
    }
}
