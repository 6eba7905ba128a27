package org.standfest.designer.ui.internal.editing;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.results.Outcome;
import org.standfest.topology.Component;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.files.LoadedTopology;
import org.standfest.topology.files.TopologyFiles;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Elements on their way by the clipboard, as the text of a small topology: so they also go into
 * another topology or another window. What stands at a site lies in a nameless site with the
 * identity of its own. References to what does not come along are left out, but a virtual machine
 * comes with its host. Immutable once made.
 */
final class Clip {

    private final Topology topology;

    private Clip(Topology topology) {
        this.topology = topology;
    }

    /** What comes along: elements, and the virtual machines that run on them. */
    static Clip of(Topology source, Collection<? extends Element> chosen) {
        Set<EObject> wanted = new LinkedHashSet<>(chosen);
        for (VirtualMachine guest : source.getVirtualMachines()) {
            Host host = guest.getHost();
            if (host != null && (wanted.contains(host) || wanted.contains(host.eContainer()))) {
                wanted.add(guest);
            }
        }
        wanted.removeIf(each -> wanted.contains(each.eContainer()));
        EcoreUtil.Copier copier = new EcoreUtil.Copier(true, false);
        Topology clip = TopologyFactory.eINSTANCE.createTopology();
        clip.setId(source.getId());
        Map<Site, Site> carriers = new LinkedHashMap<>();
        for (EObject each : wanted) {
            switch (each) {
                case Site site -> clip.getSites().add((Site) copier.copy(site));
                case VirtualMachine guest ->
                        clip.getVirtualMachines().add((VirtualMachine) copier.copy(guest));
                case Service service -> clip.getServices().add((Service) copier.copy(service));
                case Component inside when inside.eContainer() instanceof Site site -> {
                    Site carrier = carriers.computeIfAbsent(site, it -> carrier(clip, it));
                    add(carrier, copier.copy(inside));
                }
                default -> {
                    // Lines and what belongs to one element only do not travel alone.
                }
            }
        }
        copier.copyReferences();
        return new Clip(clip);
    }

    private static Site carrier(Topology clip, Site original) {
        Site carrier = TopologyFactory.eINSTANCE.createSite();
        carrier.setId(original.getId());
        clip.getSites().add(carrier);
        return carrier;
    }

    private static void add(Site carrier, EObject copy) {
        switch (copy) {
            case Host host -> carrier.getHosts().add(host);
            case PhysicalServer server -> carrier.getServers().add(server);
            case Storage storage -> carrier.getStorages().add(storage);
            case PowerFeed feed -> carrier.getPowerFeeds().add(feed);
            default -> {
                // Nothing else stands at a site on its own.
            }
        }
    }

    boolean isEmpty() {
        return topology.eContents().isEmpty();
    }

    /** As the clipboard holds it; empty if it cannot be written. */
    Optional<String> text() {
        return new TopologyFiles()
                .toBytes(topology)
                .result()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** What the clipboard holds; empty if it is something else. */
    static Optional<Clip> read(String text) {
        if (!text.contains("<") || !text.contains("topology")) {
            return Optional.empty();
        }
        Outcome<LoadedTopology> read =
                new TopologyFiles()
                        .read(
                                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                                "clipboard");
        return read.result().map(loaded -> new Clip(loaded.topology()));
    }

    /** Whole sites. */
    List<Site> sites() {
        return topology.getSites().stream().filter(site -> site.getName() != null).toList();
    }

    /** What stands at sites that do not come along, by the identity of its site. */
    Map<String, List<Component>> machines() {
        Map<String, List<Component>> found = new LinkedHashMap<>();
        for (Site site : topology.getSites()) {
            if (site.getName() == null) {
                List<Component> inside = new ArrayList<>();
                for (EObject each : site.eContents()) {
                    if (each instanceof Component component) {
                        inside.add(component);
                    }
                }
                found.put(site.getId(), inside);
            }
        }
        return found;
    }

    List<VirtualMachine> guests() {
        return List.copyOf(topology.getVirtualMachines());
    }

    List<Service> services() {
        return List.copyOf(topology.getServices());
    }
}
