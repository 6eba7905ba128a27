package org.standfest.designer.ui.internal.drawing;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Figure.Badge;
import org.standfest.drawing.ui.Figure.Form;
import org.standfest.drawing.ui.Figure.Gauge;
import org.standfest.topology.Component;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.Machine;
import org.standfest.topology.Network;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.Site;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.edit.ElementIcons;
import org.standfest.topology.edit.ElementWords;

import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Makes the figure of a site with everything that stands in it, its corner at 0, 0. */
final class SiteFigures {

    static final double CARD_WIDTH = 292;
    private static final double GAP = 20;
    private static final double PAD = 16;
    private static final double HEAD = 44;
    private static final double CHIP_HEIGHT = 24;
    private static final double CHIP_GAP = 6;
    private static final double RAIL_HEIGHT = 24;
    private static final double TRUNK = 96;

    private final Topology topology;
    private final ElementWords names;
    private final Words words;
    private final Map<String, Badge> badges;
    private final Set<EObject> bridged;
    private final Set<EObject> neighbourly;
    private final Map<EClass, URL> icons = new HashMap<>();

    /**
     * @param badges worst finding by element id
     * @param bridged hosts with a protection arrow above: their rows get room for it
     * @param neighbourly standbys of machines at the same site
     */
    SiteFigures(
            Topology topology,
            ElementWords names,
            Words words,
            Map<String, Badge> badges,
            Set<EObject> bridged,
            Set<EObject> neighbourly) {
        this.topology = topology;
        this.names = names;
        this.words = words;
        this.badges = badges;
        this.bridged = bridged;
        this.neighbourly = neighbourly;
    }

    Figure site(Site site) {
        List<Machine> machines = new ArrayList<>();
        machines.addAll(site.getHosts());
        machines.addAll(site.getServers());
        List<Figure> children = new ArrayList<>();
        double bottom = machines(machines, children);
        bottom = drums(site.getStorages(), children, bottom);
        if (anyPlaced(site)) {
            children.replaceAll(child -> asPlaced(site, child));
        }
        Optional<Place> place = Place.of(site);
        double width = Math.max(minimumWidth(site), place.map(Place::width).orElse(0));
        for (Figure child : children) {
            width = Math.max(width, child.box().right() + PAD);
            bottom = Math.max(bottom, child.box().bottom() + GAP);
        }
        bottom = rails(site, children, width, bottom);
        plugs(site, children, width);
        double height = Math.max(bottom, HEAD + 12) + PAD - GAP / 2;
        return new Figure(
                site.getId(),
                Form.AREA,
                new Box(0, 0, width, Math.max(height, place.map(Place::height).orElse(0))),
                names.label(site),
                names.literal(site.getKind()),
                icon(site),
                List.of(),
                badge(site),
                children);
    }

    /** A card or drum that was given a place in its site stands there, never left of its edge. */
    private static Figure asPlaced(Site site, Figure figure) {
        for (Component component : inside(site)) {
            if (component.getId().equals(figure.id())) {
                return Place.of(component)
                        .map(
                                place ->
                                        figure.moved(
                                                Math.max(PAD, place.x()) - figure.box().x(),
                                                Math.max(HEAD, place.y()) - figure.box().y()))
                        .orElse(figure);
            }
        }
        return figure;
    }

    /** What stands in a site and can be given a place. */
    static List<Component> inside(Site site) {
        List<Component> all = new ArrayList<>(site.getHosts());
        all.addAll(site.getServers());
        all.addAll(site.getStorages());
        return all;
    }

    /** Whether anything in a site was given a place. */
    static boolean anyPlaced(Site site) {
        return inside(site).stream().anyMatch(each -> each.getPlacement() != null);
    }

    /** The machines that stand nowhere; empty if there are none. */
    Optional<Figure> unplaced() {
        List<VirtualMachine> homeless =
                topology.getVirtualMachines().stream()
                        .filter(vm -> vm.getHost() == null || vm.getHost().eIsProxy())
                        .toList();
        if (homeless.isEmpty()) {
            return Optional.empty();
        }
        List<Figure> chips = new ArrayList<>();
        double bottom = chips(homeless, chips, PAD, HEAD, CARD_WIDTH);
        return Optional.of(
                new Figure(
                        topology.getId(),
                        Form.AREA,
                        new Box(0, 0, CARD_WIDTH + 2 * PAD, bottom + PAD),
                        words.text("unplaced"),
                        "",
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        chips));
    }

    private double minimumWidth(Site site) {
        return Math.max(CARD_WIDTH + 2 * PAD, 190 + names.label(site).length() * 9.0);
    }

    private double cards(List<Figure> cards, List<Figure> into, double top, double bridge) {
        int columns = columns(cards.size());
        double y = top;
        for (int first = 0; first < cards.size(); first += columns) {
            List<Figure> row = cards.subList(first, Math.min(cards.size(), first + columns));
            y += bridge;
            double height = row.stream().mapToDouble(card -> card.box().height()).max().orElse(0);
            for (int i = 0; i < row.size(); i++) {
                into.add(row.get(i).moved(PAD + i * (CARD_WIDTH + GAP), y));
            }
            y += height + GAP;
        }
        return y;
    }

    /** Standbys that protect their neighbours stand in a column of their own at the right. */
    private double machines(List<Machine> machines, List<Figure> into) {
        List<Machine> apart = machines.stream().filter(neighbourly::contains).toList();
        List<Machine> rest = machines.stream().filter(each -> !apart.contains(each)).toList();
        double bridge = machines.stream().anyMatch(bridged::contains) || !apart.isEmpty() ? 26 : 0;
        double bottom = cards(rest.stream().map(this::machine).toList(), into, HEAD, bridge);
        double left = into.stream().mapToDouble(card -> card.box().right()).max().orElse(0) + TRUNK;
        double y = HEAD;
        for (Machine standby : apart) {
            y += bridge;
            Figure card = machine(standby).moved(left, y);
            into.add(card);
            y = card.box().bottom() + GAP;
        }
        return Math.max(bottom, y);
    }

    private static int columns(int count) {
        if (count <= 3) {
            return Math.max(1, count);
        }
        long rows = Math.max(1, Math.round(Math.sqrt(count / 1.2)));
        return (int) Math.ceilDiv(count, rows);
    }

    private double drums(List<Storage> storages, List<Figure> into, double top) {
        int columns = Math.max(1, Math.min(storages.size(), 3));
        double y = top;
        for (int i = 0; i < storages.size(); i++) {
            Storage storage = storages.get(i);
            double x = PAD + i % columns * (190 + GAP);
            into.add(
                    new Figure(
                            storage.getId(),
                            Form.DRUM,
                            new Box(x, y, 190, 62),
                            names.label(storage),
                            words.capacity(storage.getCapacityGiB())
                                    + " \u00b7 "
                                    + names.literal(storage.getKind()),
                            icon(storage),
                            List.of(),
                            badge(storage),
                            List.of()));
            if (i % columns == columns - 1 || i == storages.size() - 1) {
                y += 62 + GAP;
            }
        }
        return y;
    }

    private double rails(Site site, List<Figure> into, double width, double top) {
        double y = top;
        for (Network network : topology.getNetworks()) {
            if (network.getSites().contains(site)) {
                String rate =
                        network.getBandwidthMbps() > 0
                                ? words.rate(network.getBandwidthMbps())
                                : "";
                into.add(
                        new Figure(
                                network.getId(),
                                Form.RAIL,
                                new Box(PAD, y, width - 2 * PAD, RAIL_HEIGHT - 2),
                                names.label(network),
                                rate,
                                icon(network),
                                List.of(),
                                badge(network),
                                List.of()));
                y += RAIL_HEIGHT + 6;
            }
        }
        return y;
    }

    private void plugs(Site site, List<Figure> into, double width) {
        double x = width - PAD;
        for (PowerFeed feed : site.getPowerFeeds().reversed()) {
            x -= 20;
            into.add(
                    new Figure(
                            feed.getId(),
                            Form.PLUG,
                            new Box(x, 14, 16, 16),
                            names.label(feed),
                            names.literal(feed.getKind()),
                            icon(feed),
                            List.of(),
                            badge(feed),
                            List.of()));
        }
    }

    private Figure machine(Machine machine) {
        return machine instanceof Host host ? host(host) : server((PhysicalServer) machine);
    }

    private Figure host(Host host) {
        HostLoad load = HostLoad.of(topology, host);
        List<Gauge> gauges = new ArrayList<>();
        gauge(gauges, "cpu", load.cpu(), load.cpuAfterFailure());
        gauge(gauges, "memory", load.memory(), load.memoryAfterFailure());
        List<Figure> chips = new ArrayList<>();
        double top = 44 + gauges.size() * 14 + 4.0;
        double width = width(host);
        double bottom = chips(host.getVirtualMachines(), chips, 10, top, width - 20);
        return card(
                host,
                names.literal(host.getHypervisor()) + " \u00b7 " + hardware(host),
                gauges,
                chips,
                bottom + (chips.isEmpty() ? 0 : 4));
    }

    private Figure server(PhysicalServer server) {
        String system = server.getOperatingSystem() == null ? "" : server.getOperatingSystem();
        String note = system.isBlank() ? hardware(server) : system + " \u00b7 " + hardware(server);
        return card(server, note, List.of(), List.of(), 46);
    }

    private String hardware(Machine machine) {
        return words.text(
                "hardware", machine.getCpuCores(), words.capacity(machine.getMemoryMiB() / 1024.0));
    }

    private Figure card(
            Machine machine, String note, List<Gauge> gauges, List<Figure> chips, double height) {
        return new Figure(
                machine.getId(),
                Form.CARD,
                new Box(0, 0, width(machine), Math.max(height, heightOf(machine))),
                names.label(machine),
                note,
                icon(machine),
                gauges,
                badge(machine),
                chips);
    }

    /** As wide as a person made it, never narrower than a card must be. */
    private static double width(Machine machine) {
        return Math.max(CARD_WIDTH, Place.of(machine).map(Place::width).orElse(0));
    }

    private static double heightOf(Machine machine) {
        return Place.of(machine).map(Place::height).orElse(0);
    }

    private void gauge(List<Gauge> into, String key, OptionalDouble used, OptionalDouble after) {
        if (used.isPresent()) {
            into.add(new Gauge(words.text(key), used.getAsDouble(), after.orElse(-1)));
        }
    }

    private double chips(
            List<VirtualMachine> machines,
            List<Figure> into,
            double left,
            double top,
            double width) {
        int count = machines.size();
        int usual = count <= 4 ? 1 : count <= 24 ? 2 : 3;
        int columns = Math.max(usual, (int) (width / CARD_WIDTH * usual));
        double chip = (width - (columns - 1) * CHIP_GAP) / columns;
        for (int i = 0; i < count; i++) {
            VirtualMachine machine = machines.get(i);
            into.add(
                    new Figure(
                            machine.getId(),
                            Form.CHIP,
                            new Box(
                                    left + i % columns * (chip + CHIP_GAP),
                                    top + i / columns * (CHIP_HEIGHT + CHIP_GAP),
                                    chip,
                                    CHIP_HEIGHT),
                            names.label(machine),
                            "",
                            icon(machine),
                            List.of(),
                            badge(machine),
                            List.of()));
        }
        return top + Math.ceilDiv(count, columns) * (CHIP_HEIGHT + CHIP_GAP);
    }

    private Optional<Badge> badge(Element element) {
        return Optional.ofNullable(badges.get(element.getId()));
    }

    /** Asking for a resource costs more than a figure: once for each kind. */
    private Optional<URL> icon(Element element) {
        return Optional.of(icons.computeIfAbsent(element.eClass(), ElementIcons::url));
    }
}
