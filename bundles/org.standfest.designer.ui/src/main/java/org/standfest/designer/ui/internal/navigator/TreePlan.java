package org.standfest.designer.ui.internal.navigator;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.standfest.topology.Host;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyPackage;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.edit.ElementWords;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tree of a topology: groups below the root, virtual machines below the host that runs them.
 * Plain.
 */
final class TreePlan {

    private final Topology topology;
    private final ElementWords words;

    TreePlan(Topology topology, ElementWords words) {
        this.topology = topology;
        this.words = words;
    }

    /**
     * All elements of one kind.
     *
     * @param owner the topology
     * @param feature what they are
     */
    record Group(Topology owner, EReference feature) {}

    /** What lies below a node. */
    List<Object> children(Object node) {
        return switch (node) {
            case Topology all -> groups(all);
            case Group group -> members(group);
            case Host host -> {
                List<Object> below = new ArrayList<>(host.getVirtualMachines());
                below.addAll(host.eContents());
                yield below;
            }
            case EObject element -> List.copyOf(element.eContents());
            default -> List.of();
        };
    }

    private static List<Object> groups(Topology all) {
        List<Object> groups = new ArrayList<>();
        for (EReference feature : all.eClass().getEAllContainments()) {
            Group group = new Group(all, feature);
            if (!members(group).isEmpty()) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** Virtual machines with a host are found below it. */
    private static List<Object> members(Group group) {
        List<?> all = (List<?>) group.owner().eGet(group.feature());
        if (group.feature() != TopologyPackage.Literals.TOPOLOGY__VIRTUAL_MACHINES) {
            return List.copyOf(all);
        }
        return all.stream()
                .filter(each -> !placed((VirtualMachine) each))
                .map(Object.class::cast)
                .toList();
    }

    private static boolean placed(VirtualMachine machine) {
        return machine.getHost() != null && !machine.getHost().eIsProxy();
    }

    /** What a node lies below; empty for the root. */
    Optional<Object> parent(Object node) {
        return switch (node) {
            case Topology _ -> Optional.empty();
            case Group group -> Optional.of(group.owner());
            case VirtualMachine machine when placed(machine) -> Optional.of(machine.getHost());
            case EObject element when element.eContainer() == topology ->
                    Optional.of(new Group(topology, element.eContainmentFeature()));
            case EObject element -> Optional.ofNullable(element.eContainer());
            default -> Optional.empty();
        };
    }

    /** What a node is called. */
    String label(Object node) {
        return switch (node) {
            case Group(Topology owner, EReference feature) ->
                    words.feature(feature) + " (" + members(new Group(owner, feature)).size() + ")";
            case EObject element -> words.label(element);
            default -> String.valueOf(node);
        };
    }

    /** Whether a node or something below it is called so. */
    boolean matches(Object node, String sought, Locale locale) {
        return label(node).toLowerCase(locale).contains(sought.toLowerCase(locale))
                || children(node).stream().anyMatch(child -> matches(child, sought, locale));
    }
}
