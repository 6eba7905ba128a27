package org.standfest.topology.exchange.internal;

import org.eclipse.emf.common.util.EList;
import org.standfest.results.Severity;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.Link;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.exchange.internal.SafeXml.Node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ArchiMate models that other tools drew: places become sites, devices hosts, nodes virtual
 * machines, services services, flows and servings dependencies. One thread, one import.
 */
final class ForeignDrawing {

    private static final Set<String> SERVICES =
            Set.of(
                    "TechnologyService",
                    "ApplicationService",
                    "BusinessService",
                    "ApplicationComponent");

    private final Draft draft;
    private final Topology topology;
    private final Map<String, Element> made = new HashMap<>();
    private final Map<String, String> software = new HashMap<>();
    private final Map<Service, Dependency> needs = new HashMap<>();

    ForeignDrawing(Draft draft) {
        this.draft = draft;
        this.topology = draft.topology();
    }

    void take(List<Node> elements, List<Node> relations) {
        elements.stream().filter(it -> isPlace(it)).forEach(this::element);
        elements.stream().filter(it -> !isPlace(it)).forEach(this::element);
        relations.forEach(this::relation);
        for (Link link : topology.getLinks()) {
            if (made.containsValue(link) && link.getSecondSite() == null) {
                draft.remark(Severity.WARNING, link.getName(), "link-loose");
            }
        }
    }

    private static boolean isPlace(Node node) {
        return Set.of("Location", "Facility").contains(node.attribute("type"));
    }

    private void element(Node node) {
        String type = node.attribute("type");
        String name = node.textOf("name");
        Element element =
                switch (type) {
                    case "Location", "Facility" ->
                            draft.add(topology.getSites(), Draft.MAKE.createSite(), name);
                    case "Device", "Equipment" -> host(name);
                    case "Node" ->
                            draft.add(
                                    topology.getVirtualMachines(),
                                    Draft.MAKE.createVirtualMachine(),
                                    name);
                    case "CommunicationNetwork" ->
                            draft.add(topology.getNetworks(), Draft.MAKE.createNetwork(), name);
                    case "Path" -> draft.add(topology.getLinks(), Draft.MAKE.createLink(), name);
                    case "SystemSoftware" -> {
                        software.put(node.attribute("identifier"), name);
                        yield null;
                    }
                    default -> SERVICES.contains(type) ? service(name) : null;
                };
        if (element != null) {
            if (!node.textOf("documentation").isEmpty()) {
                element.setNote(node.textOf("documentation"));
            }
            made.put(node.attribute("identifier"), element);
        } else if (!software.containsKey(node.attribute("identifier"))) {
            draft.remark(Severity.HINT, name, "kind", type);
        }
    }

    private Host host(String name) {
        if (topology.getSites().isEmpty()) {
            draft.add(topology.getSites(), Draft.MAKE.createSite(), "ArchiMate");
        }
        Host host =
                draft.add(topology.getSites().getFirst().getHosts(), Draft.MAKE.createHost(), name);
        draft.remark(Severity.WARNING, name, "size-unknown");
        return host;
    }

    private Service service(String name) {
        return draft.add(topology.getServices(), Draft.MAKE.createService(), name);
    }

    private void relation(Node relation) {
        Element source = made.get(relation.attribute("source"));
        Element target = made.get(relation.attribute("target"));
        String system = software.get(relation.attribute("target"));
        if (system == null) {
            system = software.get(relation.attribute("source"));
        }
        boolean taken =
                system == null ? join(relation, source, target) : runs(system, source, target);
        if (!taken) {
            String what = relation.attribute("type");
            draft.remark(
                    Severity.HINT,
                    relation.attribute("identifier"),
                    "relation",
                    what.isEmpty() ? "?" : what);
        }
    }

    private static boolean runs(String system, Element source, Element target) {
        Element machine = source == null ? target : source;
        if (machine instanceof VirtualMachine guest) {
            guest.setOperatingSystem(system);
            return true;
        }
        if (machine instanceof Host host) {
            host.setNote(host.getNote() == null ? system : host.getNote() + "\n" + system);
            return true;
        }
        return false;
    }

    private boolean join(Node relation, Element source, Element target) {
        if (target instanceof Service service && source instanceof Component needed) {
            return needed(service, needed);
        }
        return both(source, target) || both(target, source);
    }

    private boolean needed(Service service, Component what) {
        Dependency dependency =
                needs.computeIfAbsent(
                        service,
                        it -> {
                            EList<Dependency> list = it.getDependencies();
                            return draft.add(
                                    list, Draft.MAKE.createDependency(), "all of " + it.getName());
                        });
        return what != service && dependency.getTargets().add(what);
    }

    private boolean both(Element one, Element other) {
        if (one instanceof Site site && other instanceof Host host) {
            return site.getHosts().contains(host) || site.getHosts().add(host);
        }
        if (one instanceof Host host && other instanceof VirtualMachine guest) {
            guest.setHost(host);
            return true;
        }
        if (one instanceof Site site && other instanceof Network network) {
            return network.getSites().contains(site) || network.getSites().add(site);
        }
        if (one instanceof Network network
                && other instanceof org.standfest.topology.Machine machine) {
            NetworkInterface card =
                    draft.add(
                            machine.getInterfaces(),
                            Draft.MAKE.createNetworkInterface(),
                            "eth" + machine.getInterfaces().size());
            card.setNetwork(network);
            return true;
        }
        if (one instanceof Link link && other instanceof Site site) {
            if (link.getFirstSite() == null) {
                link.setFirstSite(site);
            } else {
                link.setSecondSite(site);
            }
            return true;
        }
        return false;
    }
}
