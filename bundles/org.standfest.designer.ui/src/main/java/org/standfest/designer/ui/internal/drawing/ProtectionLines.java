package org.standfest.designer.ui.internal.drawing;

import org.eclipse.emf.ecore.EObject;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.Wire;
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
import java.util.HashMap;
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

    /** How a line runs. */
    private enum Way {
        /** Between two cards, or two sites, that hold the same. */
        BRIDGE,
        /** From a card to a standby at the same site. */
        NEIGHBOUR,
        /** From all that stands at a site to a standby elsewhere. */
        SITE
    }

    /** One line to be drawn, between two machines' cards or two sites. */
    private record Line(String id, Element from, Element to, Way way, String label) {}

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

    /** Between which sites lines will run. */
    List<SiteTie> ties() {
        List<SiteTie> ties = new ArrayList<>();
        for (Line line : lines()) {
            Element from = site(line.from());
            Element to = site(line.to());
            if (from != null && to != null && from != to) {
                ties.add(new SiteTie(from.getId(), to.getId()));
            }
        }
        return ties;
    }

    private static Site site(Element end) {
        return end instanceof Site site
                ? site
                : end.eContainer() instanceof Site around ? around : null;
    }

    /** The standbys of machines at their own site. */
    Set<EObject> neighbourly() {
        Set<EObject> standbys = new HashSet<>();
        lines().stream()
                .filter(line -> line.way() == Way.NEIGHBOUR)
                .forEach(line -> standbys.add(line.to()));
        return standbys;
    }

    List<Wire> wires(Routes grid, Map<String, Box> boxes, Map<String, String> siteOf) {
        List<Wire> wires = new ArrayList<>();
        Map<Element, Integer> lanes = new HashMap<>();
        int lane = 0;
        for (Line line : lines()) {
            Box a = boxes.get(line.from().getId());
            Box b = boxes.get(line.to().getId());
            if (a == null || b == null || a.equals(b)) {
                continue;
            }
            String from = siteOf.get(line.from().getId());
            String to = siteOf.get(line.to().getId());
            switch (line.way()) {
                case NEIGHBOUR -> {
                    int own = lanes.computeIfAbsent(line.to(), _ -> lanes.size());
                    wires.add(neighbour(line, grid.toNeighbour(a, b, own), b));
                }
                case SITE ->
                        wires.add(
                                Wire.labelled(
                                        line.id(),
                                        Wire.Form.ARROW,
                                        grid.toStandby(from, a, to, b, lane++),
                                        line.label()));
                case BRIDGE -> {
                    boolean sites = from.equals(line.from().getId());
                    List<Spot> course =
                            sites
                                    ? grid.link(from, to, a, b, 2)
                                    : grid.bridge(from, a, to, b, lane++);
                    wires.add(Wire.labelled(line.id(), Wire.Form.MUTUAL, course, line.label()));
                }
            }
        }
        return wires;
    }

    /** The label stands above the standby, once for all of its lines. */
    private static Wire neighbour(Line line, List<Spot> course, Box standby) {
        Spot anchor = new Spot(standby.centre().x(), standby.y() - 12);
        return new Wire(line.id(), Wire.Form.ARROW, course, line.label(), anchor);
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

    /** One line from each neighbour of the standby, one for all systems of each other site. */
    private List<Line> standby(List<StandbyProtection> group) {
        Machine target = group.getFirst().getImagePool().getStandby();
        Element place = target instanceof VirtualMachine vm ? card(vm) : target;
        Map<Element, StandbyProtection> neighbours = new LinkedHashMap<>();
        Map<Site, List<StandbyProtection>> sites = new LinkedHashMap<>();
        for (StandbyProtection protection : group) {
            for (Workload workload : protection.getWorkloads()) {
                Element source = card(workload);
                if (source == place || !(source.eContainer() instanceof Site site)) {
                    continue;
                }
                if (site == place.eContainer()) {
                    neighbours.putIfAbsent(source, protection);
                } else {
                    sites.computeIfAbsent(site, _ -> new ArrayList<>()).add(protection);
                }
            }
        }
        List<Line> lines = new ArrayList<>();
        String shared = label(List.copyOf(neighbours.values()));
        for (Map.Entry<Element, StandbyProtection> each : neighbours.entrySet()) {
            String words = lines.isEmpty() ? shared : "";
            lines.add(
                    new Line(each.getValue().getId(), each.getKey(), place, Way.NEIGHBOUR, words));
        }
        sites.forEach(
                (site, protections) ->
                        lines.add(
                                new Line(
                                        protections.getFirst().getId(),
                                        site,
                                        place,
                                        Way.SITE,
                                        label(protections))));
        return lines;
    }

    /** How many systems, and how often; from the shortest interval to the longest. */
    private String label(List<StandbyProtection> protections) {
        List<Integer> intervals =
                protections.stream()
                        .map(StandbyProtection::getIntervalSeconds)
                        .distinct()
                        .sorted()
                        .toList();
        if (intervals.isEmpty()) {
            return "";
        }
        String often =
                intervals.size() == 1
                        ? words.interval(intervals.getFirst())
                        : words.text(
                                "from.to",
                                words.interval(intervals.getFirst()),
                                words.interval(intervals.getLast()));
        return protections.size() == 1 ? often : words.text("systems", protections.size(), often);
    }

    private static void between(
            List<Line> lines, Protection protection, Element a, Element b, String label) {
        if (a != null && b != null && !a.eIsProxy() && !b.eIsProxy()) {
            boolean drawn = lines.stream().anyMatch(line -> line.from() == a && line.to() == b);
            if (!drawn) {
                lines.add(new Line(protection.getId(), a, b, Way.BRIDGE, label));
            }
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
