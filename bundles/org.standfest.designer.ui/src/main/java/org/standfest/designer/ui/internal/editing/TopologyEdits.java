package org.standfest.designer.ui.internal.editing;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.drawing.Place;
import org.standfest.topology.Component;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.Link;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Site;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.edit.ElementWords;
import org.standfest.topology.edit.FreshElements;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Changes a topology as a person means it on the drawing. Each method is one named command with
 * undo and redo. Used by the document's thread.
 */
public final class TopologyEdits {

    private final TopologyDocument document;
    private final ElementWords names;
    private final EditWords words;
    private final FreshElements fresh;

    /**
     * @param identities for new elements, usually {@code UUID::randomUUID}
     */
    public TopologyEdits(TopologyDocument document, Locale locale, Supplier<UUID> identities) {
        this.document = document;
        this.names = document.words();
        this.words = new EditWords(locale);
        this.fresh = new FreshElements(identities, names);
    }

    private Topology topology() {
        return document.topology();
    }

    private Change change(String name) {
        return new Change(document.domain(), name);
    }

    private String counted(String key, Collection<? extends Element> elements) {
        return words.counted(key, elements.size(), names.label(elements.iterator().next()));
    }

    /**
     * Puts components where a person wants them.
     *
     * @param places new places
     * @param others where everything beside them stands now: it stays there, but may be moved by
     *     the automatic layout
     */
    public boolean place(String key, Map<Component, Place> places, Map<Component, Place> others) {
        Change change = change(counted(key, places.keySet()));
        places.forEach((component, place) -> placement(change, component, place));
        others.forEach(
                (component, place) -> {
                    if (component.getPlacement() == null) {
                        placement(change, component, place);
                    }
                });
        return change.run();
    }

    private static void placement(Change change, Component component, Place place) {
        change.set(component, TopologyPackage.Literals.COMPONENT__PLACEMENT, place.text());
    }

    /** Lets virtual machines run on another host; {@code null} for on none. */
    public boolean rehost(Collection<VirtualMachine> guests, Host host) {
        String name =
                host == null
                        ? words.text("unplace", names.label(guests.iterator().next()))
                        : guests.size() == 1
                                ? words.text(
                                        "rehost",
                                        names.label(guests.iterator().next()),
                                        names.label(host))
                                : words.text("rehost.several", guests.size(), names.label(host));
        Change change = change(name);
        for (VirtualMachine guest : guests) {
            change.set(guest, TopologyPackage.Literals.VIRTUAL_MACHINE__HOST, host);
        }
        return change.run();
    }

    /** Carries machines and storages to another site, each to its place there. */
    public boolean carry(Map<Component, Place> places, Site site) {
        Change change =
                change(
                        places.size() == 1
                                ? words.text(
                                        "rehost",
                                        names.label(places.keySet().iterator().next()),
                                        names.label(site))
                                : words.text("move.several", places.size()));
        places.forEach(
                (component, place) -> {
                    EReference feature = component.eContainmentFeature();
                    change.remove(component.eContainer(), feature, component);
                    change.add(site, feature, component);
                    placement(change, component, place);
                });
        return change.run();
    }

    /** Another name. */
    public boolean rename(Element element, String name) {
        return change(words.text("rename", names.label(element)))
                .set(element, TopologyPackage.Literals.ELEMENT__NAME, name)
                .run();
    }

    /**
     * A new element.
     *
     * @param owner what it lies in; for a virtual machine the host it runs on
     * @param place where it stands; empty for where there is room
     */
    public Optional<Element> create(EClass type, Element owner, Optional<Place> place) {
        EObject made = fresh.make(type);
        Element container = made instanceof VirtualMachine ? topology() : owner;
        Optional<EReference> feature = containment(container.eClass(), type);
        if (feature.isEmpty() || !(made instanceof Element element)) {
            return Optional.empty();
        }
        element.setName(unused(container, feature.get(), names.type(type)));
        if (made instanceof Component component) {
            place.ifPresent(it -> component.setPlacement(it.text()));
        }
        if (made instanceof Machine machine && !(made instanceof VirtualMachine)) {
            machine.setCpuCores(16);
            machine.setMemoryMiB(65_536);
        }
        if (made instanceof VirtualMachine guest) {
            guest.setCpuCores(2);
            guest.setMemoryMiB(8_192);
        }
        Change change =
                change(words.text("create", names.type(type)))
                        .add(container, feature.get(), element);
        if (made instanceof VirtualMachine && owner instanceof Host host) {
            change.set(element, TopologyPackage.Literals.VIRTUAL_MACHINE__HOST, host);
        }
        change.run();
        return Optional.of(element);
    }

    /** Where elements of a class are kept in one of another class. */
    static Optional<EReference> containment(EClass owner, EClass type) {
        return owner.getEAllContainments().stream()
                .filter(reference -> reference.getEReferenceType().isSuperTypeOf(type))
                .findFirst();
    }

    /** A name that no brother has: "Host", "Host 2", … */
    static String unused(EObject container, EReference feature, String wanted) {
        Set<String> taken = new LinkedHashSet<>();
        if (container.eGet(feature) instanceof List<?> brothers) {
            brothers.forEach(each -> taken.add(((Element) each).getName()));
        }
        String name = wanted;
        for (int number = 2; taken.contains(name); number++) {
            name = wanted + ' ' + number;
        }
        return name;
    }

    /** What a line between two elements would be; empty where there is no such line. */
    public Optional<EClass> connection(Element from, Element to) {
        if (from == to) {
            return Optional.empty();
        }
        if (from instanceof Site && to instanceof Site) {
            return Optional.of(TopologyPackage.Literals.LINK);
        }
        if (from instanceof Host && to instanceof Host) {
            return Optional.of(TopologyPackage.Literals.MIRROR_PAIR);
        }
        return Optional.empty();
    }

    /** Draws a line between two sites or two hosts. */
    public Optional<Element> connect(Element from, Element to) {
        Optional<EClass> type = connection(from, to);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Element made = (Element) fresh.make(type.get());
        made.setName(names.label(from) + " \u2013 " + names.label(to));
        EReference feature;
        if (made instanceof Link link) {
            link.setFirstSite((Site) from);
            link.setSecondSite((Site) to);
            link.setBandwidthMbps(100);
            feature = TopologyPackage.Literals.TOPOLOGY__LINKS;
        } else {
            MirrorPair pair = (MirrorPair) made;
            pair.setFirstHost((Host) from);
            pair.setSecondHost((Host) to);
            feature = TopologyPackage.Literals.TOPOLOGY__PROTECTIONS;
        }
        change(words.text("connect", names.label(from), names.label(to)))
                .add(topology(), feature, made)
                .run();
        return Optional.of(made);
    }

    /**
     * Deletes elements, what lies in them, and lines that would hang in the air. The topology
     * itself is never deleted.
     */
    public boolean delete(Collection<? extends Element> elements) {
        Set<EObject> gone = new LinkedHashSet<>();
        for (Element element : elements) {
            if (element != topology() && element.eContainer() != null) {
                gone.add(element);
            }
        }
        gone.removeIf(each -> hasAncestor(each, gone));
        if (gone.isEmpty()) {
            return false;
        }
        String name = counted("delete", elements);
        topology().getLinks().stream()
                .filter(link -> lost(link.getFirstSite(), gone) || lost(link.getSecondSite(), gone))
                .forEach(gone::add);
        topology().getProtections().stream()
                .filter(
                        each ->
                                each instanceof MirrorPair pair
                                                && (lost(pair.getFirstHost(), gone)
                                                        || lost(pair.getSecondHost(), gone))
                                        || each instanceof MirroredSites pair2
                                                && (lost(pair2.getFirstSite(), gone)
                                                        || lost(pair2.getSecondSite(), gone)))
                .forEach(gone::add);
        return change(name).delete(gone).run();
    }

    private static boolean lost(EObject end, Set<EObject> gone) {
        return end != null && (gone.contains(end) || hasAncestor(end, gone));
    }

    private static boolean hasAncestor(EObject each, Set<EObject> among) {
        EObject parent = each.eContainer();
        while (parent != null) {
            if (among.contains(parent)) {
                return true;
            }
            parent = parent.eContainer();
        }
        return false;
    }

    /**
     * Copies elements beside themselves, with new identities; lines between copies are not copied.
     *
     * @return the copies
     */
    public List<Element> duplicate(Collection<? extends Element> originals) {
        List<Element> sources = new ArrayList<>();
        for (Element element : originals) {
            if (element.eContainer() != null && element.eContainmentFeature().isMany()) {
                sources.add(element);
            }
        }
        sources.removeIf(each -> hasAncestor(each, Set.copyOf(sources)));
        if (sources.isEmpty()) {
            return List.of();
        }
        EcoreUtil.Copier copier = new EcoreUtil.Copier();
        List<Element> copies = new ArrayList<>();
        for (Element source : sources) {
            copies.add((Element) copier.copy(source));
        }
        copier.copyReferences();
        Change change = change(counted("duplicate", sources));
        for (int i = 0; i < copies.size(); i++) {
            Element source = sources.get(i);
            Element copy = copies.get(i);
            fresh.renew(copy);
            EReference feature = source.eContainmentFeature();
            copy.setName(unused(source.eContainer(), feature, names.label(source)));
            if (copy instanceof Component component) {
                Place.of(component)
                        .map(place -> place.pinnedAt(place.x() + 24.0, place.y() + 24.0))
                        .ifPresent(place -> component.setPlacement(place.text()));
            }
            change.add(source.eContainer(), feature, copy);
            if (source instanceof VirtualMachine guest && guest.getHost() != null) {
                change.set(copy, TopologyPackage.Literals.VIRTUAL_MACHINE__HOST, guest.getHost());
            }
        }
        change.run();
        return copies;
    }

    /** Deletes what a person gave a place; the automatic layout places it. */
    public boolean unpin(Collection<Component> components) {
        Change change = change(words.text("unpin", components.size()));
        components.forEach(
                each -> change.set(each, TopologyPackage.Literals.COMPONENT__PLACEMENT, null));
        return change.run();
    }

    /** Forgets where everything stands that no person has put where it is. */
    public boolean unpinFree() {
        List<Component> free = new ArrayList<>();
        topology()
                .eAllContents()
                .forEachRemaining(
                        each -> {
                            if (each instanceof Component component
                                    && Place.of(component).filter(it -> !it.pinned()).isPresent()) {
                                free.add(component);
                            }
                        });
        Change change = change(words.text("arrange"));
        free.forEach(each -> change.set(each, TopologyPackage.Literals.COMPONENT__PLACEMENT, null));
        return change.run();
    }

    /** Whether an element is drawn as a card: a host or a server. */
    static boolean isCard(Object element) {
        return element instanceof Machine && !(element instanceof VirtualMachine);
    }

    /** Whether a component can be given a place in the drawing. */
    public static boolean placeable(Object element) {
        return element instanceof Site || element instanceof Storage || isCard(element);
    }
}
