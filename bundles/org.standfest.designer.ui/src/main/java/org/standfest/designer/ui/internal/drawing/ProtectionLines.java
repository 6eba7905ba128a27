package org.standfest.designer.ui.internal.drawing;

import org.eclipse.emf.ecore.EObject;
import org.standfest.designer.ui.canvas.Box;
import org.standfest.designer.ui.canvas.Spot;
import org.standfest.designer.ui.canvas.Wire;
import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.Element;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;
import org.standfest.topology.edit.ElementWords;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dashed lines from what is protected to what protects it. */
final class ProtectionLines {

    private final Topology topology;
    private final ElementWords names;
    private final Words words;

    ProtectionLines(Topology topology, ElementWords names, Words words) {
        this.topology = topology;
        this.names = names;
        this.words = words;
    }

    /** One line to be drawn, between two machines' cards or two sites. */
    private record Line(String id, Element from, Element to, boolean mutual, String label) {}

    /** The machines above which a line will run. */
    Set<EObject> bridged() {
        Set<EObject> machines = new HashSet<>();
        for (Line line : lines()) {
            boolean sameSite = line.from().eContainer() == line.to().eContainer();
            if (sameSite && !(line.from() instanceof Site)) {
                machines.add(line.from());
                machines.add(line.to());
            }
        }
        return machines;
    }

    List<Wire> wires(SiteGrid grid, Map<String, Box> boxes, Map<String, String> siteOf) {
        List<Wire> wires = new ArrayList<>();
        int lane = 0;
        for (Line line : lines()) {
            Box a = boxes.get(line.from().getId());
            Box b = boxes.get(line.to().getId());
            if (a == null || b == null || a.equals(b)) {
                continue;
            }
            String from = siteOf.get(line.from().getId());
            String to = siteOf.get(line.to().getId());
            boolean sites = from.equals(line.from().getId());
            List<Spot> course =
                    sites ? grid.link(from, to, a, b, 2) : grid.bridge(from, a, to, b, lane);
            Wire.Form form = line.mutual() ? Wire.Form.MUTUAL : Wire.Form.ARROW;
            wires.add(Wire.labelled(line.id(), form, course, line.label()));
            lane++;
        }
        return wires;
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        Map<String, List<StandbyProtection>> toStandby = new LinkedHashMap<>();
        for (Protection protection : topology.getProtections()) {
            switch (protection) {
                case MirrorPair pair ->
                        between(
                                lines,
                                pair,
                                pair.getFirstHost(),
                                pair.getSecondHost(),
                                words.text("synchronous"));
                case MirroredSites mirrored ->
                        between(
                                lines,
                                mirrored,
                                mirrored.getFirstSite(),
                                mirrored.getSecondSite(),
                                mirrored.isSynchronous()
                                        ? words.text("synchronous")
                                        : names.label(mirrored));
                case FailoverCluster cluster ->
                        chain(lines, cluster, cluster.getHosts(), names.label(cluster));
                case AvailabilityGroup group ->
                        chain(
                                lines,
                                group,
                                group.getWorkloads().stream()
                                        .map(ProtectionLines::card)
                                        .distinct()
                                        .toList(),
                                words.text("copies", group.getCopies()));
                case StandbyProtection standby -> collect(toStandby, standby);
                default -> {
                    // A kind this drawing does not know yet is in the tree all the same.
                }
            }
        }
        toStandby.values().forEach(group -> lines.addAll(standby(group)));
        return lines;
    }

    private static void collect(
            Map<String, List<StandbyProtection>> byPool, StandbyProtection protection) {
        if (protection.getImagePool() != null && protection.getImagePool().getStandby() != null) {
            byPool.computeIfAbsent(protection.getImagePool().getId(), _ -> new ArrayList<>())
                    .add(protection);
        }
    }

    /** One arrow from each card to the standby, however many systems stand on it. */
    private List<Line> standby(List<StandbyProtection> group) {
        Machine target = group.getFirst().getImagePool().getStandby();
        Element place = target instanceof VirtualMachine vm ? card(vm) : target;
        Map<Element, List<Workload>> bySource = new LinkedHashMap<>();
        Map<Element, StandbyProtection> first = new LinkedHashMap<>();
        for (StandbyProtection protection : group) {
            for (Workload workload : protection.getWorkloads()) {
                Element source = card(workload);
                bySource.computeIfAbsent(source, _ -> new ArrayList<>()).add(workload);
                first.putIfAbsent(source, protection);
            }
        }
        List<Line> lines = new ArrayList<>();
        bySource.forEach(
                (source, workloads) -> {
                    if (source == place || source == null || place == null) {
                        return;
                    }
                    String interval = words.interval(first.get(source).getIntervalSeconds());
                    String label =
                            workloads.size() == 1
                                    ? interval
                                    : words.text("systems", workloads.size(), interval);
                    lines.add(new Line(first.get(source).getId(), source, place, false, label));
                });
        return lines;
    }

    private static void between(
            List<Line> lines, Protection protection, Element a, Element b, String label) {
        if (a != null && b != null && !a.eIsProxy() && !b.eIsProxy()) {
            lines.add(new Line(protection.getId(), a, b, true, label));
        }
    }

    private static void chain(
            List<Line> lines,
            Protection protection,
            List<? extends Element> members,
            String label) {
        for (int i = 1; i < members.size(); i++) {
            String words = i == 1 ? label : "";
            between(lines, protection, members.get(i - 1), members.get(i), words);
        }
    }

    /** The card on which a system is drawn: its host's, or its own. */
    private static Element card(Workload workload) {
        return workload instanceof VirtualMachine vm && vm.getHost() != null
                ? vm.getHost()
                : workload;
    }
}
