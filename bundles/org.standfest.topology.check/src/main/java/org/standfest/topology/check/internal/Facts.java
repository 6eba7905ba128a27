package org.standfest.topology.check.internal;

import org.eclipse.emf.ecore.EObject;
import org.standfest.topology.Customer;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.Machine;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What follows from a topology and several rules need. Computed when asked for; one thread. */
public final class Facts {

    private final Topology topology;
    private Map<Workload, List<Protection>> protections;

    /** Of a topology. */
    public Facts(Topology topology) {
        this.topology = topology;
    }

    /** All elements of a kind in the order of the file, the topology itself included. */
    public <T> List<T> all(Class<T> kind) {
        List<T> found = new ArrayList<>();
        if (kind.isInstance(topology)) {
            found.add(kind.cast(topology));
        }
        for (Iterator<EObject> i = topology.eAllContents(); i.hasNext(); ) {
            EObject next = i.next();
            if (kind.isInstance(next)) {
                found.add(kind.cast(next));
            }
        }
        return found;
    }

    /** Those that exist: without references to what is not there. */
    public static <T extends Element> List<T> real(List<T> references) {
        return references.stream().filter(Facts::exists).toList();
    }

    /** Whether a reference leads somewhere. */
    public static boolean exists(Element element) {
        return element != null && !element.eIsProxy();
    }

    /** Where a machine stands; {@code null} when that is not known. */
    public static Site site(Machine machine) {
        return switch (machine) {
            case Host host -> host.getSite();
            case PhysicalServer server -> server.getSite();
            case VirtualMachine guest -> exists(guest.getHost()) ? guest.getHost().getSite() : null;
            case null, default -> null;
        };
    }

    /** The iron a system normally runs on: its host, or itself. */
    public static Machine iron(Machine machine) {
        return machine instanceof VirtualMachine guest && exists(guest.getHost())
                ? guest.getHost()
                : machine;
    }

    /** Whose machine it is; {@code null} for the own house. */
    static Customer customer(Machine machine) {
        Site site = site(machine);
        return site == null ? null : site.getCustomer();
    }

    /** How much data its disks hold. */
    static long usedGiB(Workload workload) {
        return workload.getDisks().stream().mapToLong(it -> it.getUsedGiB()).sum();
    }

    /** What protects a system. */
    public List<Protection> protectionsOf(Workload workload) {
        if (protections == null) {
            protections = new HashMap<>();
            for (Protection protection : topology.getProtections()) {
                for (Workload member : protection.getWorkloads()) {
                    protections.computeIfAbsent(member, _ -> new ArrayList<>()).add(protection);
                }
            }
        }
        return protections.getOrDefault(workload, List.of());
    }
}
