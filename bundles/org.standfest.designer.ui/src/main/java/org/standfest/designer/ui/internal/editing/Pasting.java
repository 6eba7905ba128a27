package org.standfest.designer.ui.internal.editing;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.drawing.Place;
import org.standfest.topology.Component;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyPackage.Literals;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.edit.FreshElements;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes elements out of a topology as text, and puts them into one. The document's thread. */
public final class Pasting {

    private final TopologyDocument document;
    private final EditWords words;
    private final FreshElements fresh;

    /**
     * @param identities for new elements, usually {@code UUID::randomUUID}
     */
    public Pasting(TopologyDocument document, Locale locale, Supplier<UUID> identities) {
        this.document = document;
        this.words = new EditWords(locale);
        this.fresh = new FreshElements(identities, document.words());
    }

    /** Elements as text for the clipboard; empty if none of them can travel. */
    public Optional<String> copy(List<Element> elements) {
        return Optional.of(Clip.of(document.topology(), elements))
                .filter(clip -> !clip.isEmpty())
                .flatMap(Clip::text);
    }

    /**
     * Puts in what a clipboard holds, as one step. Machines go to the selected site, else to the
     * one they came from, else to the first: without any site nothing is put in; virtual machines
     * to the selected host, else to the one they came with or from; sites and services into the
     * topology.
     *
     * @param selected where it goes to, and what it was copied from
     * @return what is new; empty if the text is something else or there is no place for it
     */
    public List<Element> paste(String text, Optional<Element> selected) {
        Optional<Clip> read = Clip.read(text);
        if (read.isEmpty()) {
            return List.of();
        }
        Clip clip = read.get();
        List<Element> pasted = new ArrayList<>();
        Topology topology = document.topology();
        Change change = new Change(document.domain(), words.text("paste"));
        for (Site site : clip.sites()) {
            add(change, topology, take(site), pasted);
        }
        for (Map.Entry<String, List<Component>> entry : clip.machines().entrySet()) {
            Optional<Site> site = around(selected, Site.class).or(() -> site(entry.getKey()));
            if (site.isEmpty()) {
                // Guests and services would point to machines that did not come along.
                return List.of();
            }
            entry.getValue().forEach(each -> add(change, site.get(), take(each), pasted));
        }
        for (VirtualMachine guest : clip.guests()) {
            boolean alone = guest.getHost() == null || !pasted.contains(guest.getHost());
            boolean along =
                    guest.getHost() != null
                            && pasted.stream()
                                    .anyMatch(it -> EcoreUtil.isAncestor(it, guest.getHost()));
            add(change, topology, take(guest), pasted);
            if (alone && !along) {
                around(selected, Host.class)
                        .ifPresent(host -> change.set(guest, Literals.VIRTUAL_MACHINE__HOST, host));
            }
        }
        clip.services().forEach(service -> add(change, topology, take(service), pasted));
        change.run();
        return pasted;
    }

    private static <T> Optional<T> around(Optional<Element> start, Class<T> type) {
        EObject each = start.orElse(null);
        while (each != null && !type.isInstance(each)) {
            boolean runs = each instanceof VirtualMachine guest && guest.getHost() != null;
            each = runs ? ((VirtualMachine) each).getHost() : each.eContainer();
        }
        return Optional.ofNullable(type.cast(each));
    }

    private Optional<Site> site(String id) {
        return document.find(id)
                .filter(Site.class::isInstance)
                .map(Site.class::cast)
                .or(() -> document.topology().getSites().stream().findFirst());
    }

    /** Out of the clip, with identities of its own. */
    private Element take(Element element) {
        EcoreUtil.remove(element);
        fresh.renew(element);
        return element;
    }

    private static void add(Change change, Element owner, Element added, List<Element> pasted) {
        TopologyEdits.containment(owner.eClass(), added.eClass())
                .ifPresent(
                        feature -> {
                            added.setName(TopologyEdits.unused(owner, feature, added.getName()));
                            if (added instanceof Component component) {
                                Place.of(component)
                                        .map(at -> at.pinnedAt(at.x() + 24.0, at.y() + 24.0))
                                        .ifPresent(at -> component.setPlacement(at.text()));
                            }
                            change.add(owner, feature, added);
                            pasted.add(added);
                        });
    }
}
