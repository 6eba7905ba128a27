package org.standfest.designer.ui.internal.drawing;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Figure.Badge;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.Wire;
import org.standfest.results.Finding;
import org.standfest.topology.Link;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Topology;
import org.standfest.topology.edit.ElementWords;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lays a topology out as a drawing: the same topology gives the same drawing. */
public final class TopologyScene {

    private final Topology topology;
    private final ElementWords names;
    private final Words words;
    private final Map<String, Badge> badges = new HashMap<>();
    private final Map<String, Box> boxes = new HashMap<>();
    private final Map<String, String> siteOf = new HashMap<>();
    private final Map<String, String> notes;

    /**
     * A drawing without availabilities.
     *
     * @param topology what is drawn; only read
     * @param names the words for its elements
     * @param locale for numbers and the few words of the drawing itself
     * @param findings what the rules found
     */
    public TopologyScene(
            Topology topology, ElementWords names, Locale locale, List<Finding> findings) {
        this(topology, names, locale, findings, Map.of());
    }

    /**
     * @param topology what is drawn; only read
     * @param names the words for its elements
     * @param locale for numbers and the few words of the drawing itself
     * @param findings what the rules found
     * @param notes what stands beside each service, by id
     */
    public TopologyScene(
            Topology topology,
            ElementWords names,
            Locale locale,
            List<Finding> findings,
            Map<String, String> notes) {
        this.topology = topology;
        this.notes = Map.copyOf(notes);
        this.names = names;
        this.words = new Words(locale);
        for (Finding finding : findings) {
            Badge badge = Badge.values()[finding.severity().ordinal()];
            badges.merge(finding.elementId(), badge, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    /** Draws, sites in the order of the topology. */
    public Scene scene() {
        return scene(SiteRows.UNKNOWN);
    }

    /**
     * Draws.
     *
     * @param rows which sites stand beside each other, as far as nobody gave them a place
     */
    public Scene scene(SiteRows rows) {
        boxes.clear();
        siteOf.clear();
        ProtectionLines lines = new ProtectionLines(topology, names, words);
        SiteFigures maker =
                new SiteFigures(
                        topology, names, words, badges, lines.bridged(), lines.neighbourly());
        List<Site> sites = inOrder();
        List<Figure> figures = new ArrayList<>(sites.stream().map(maker::site).toList());
        maker.unplaced().ifPresent(figures::add);
        List<Figure> placed = new ArrayList<>();
        Routes routes = place(figures, rows, placed);
        placed.forEach(site -> remember(site, site.id()));
        List<Wire> wires = new ArrayList<>(links(routes));
        wires.addAll(lines.wires(routes, boxes, siteOf));
        return withServices(new Scene(placed, wires));
    }

    /** Sites with a place stand there; the others in a grid, below those if they would overlap. */
    private Routes place(List<Figure> figures, SiteRows rows, List<Figure> into) {
        Map<String, Place> places = new HashMap<>();
        boolean moved = false;
        for (Site site : topology.getSites()) {
            Place.of(site).ifPresent(place -> places.put(site.getId(), place));
            moved |= SiteFigures.anyPlaced(site);
        }
        List<Figure> loose = figures.stream().filter(it -> !places.containsKey(it.id())).toList();
        boolean hub = places.isEmpty() && isHub(topology.getSites().size());
        SiteGrid grid =
                new SiteGrid(
                        rows.equals(SiteRows.UNKNOWN) ? SiteGrid.rows(loose, hub) : rows.of(loose));
        if (places.isEmpty()) {
            into.addAll(grid.placed());
            return moved ? new FreeRoutes() : grid;
        }
        Box taken = null;
        for (Figure figure : figures) {
            Place place = places.get(figure.id());
            if (place != null) {
                into.add(figure.moved(place.x(), place.y()));
                Box box = into.getLast().box();
                taken = taken == null ? box : taken.and(box);
            }
        }
        Box around = taken.grown(SiteGrid.GUTTER_Y / 2);
        boolean overlaps = grid.placed().stream().anyMatch(it -> it.box().meets(around));
        double dx = overlaps ? taken.x() : 0;
        double dy = overlaps ? taken.bottom() + SiteGrid.GUTTER_Y : 0;
        grid.placed().forEach(figure -> into.add(figure.moved(dx, dy)));
        return new FreeRoutes();
    }

    private Scene withServices(Scene scene) {
        Box above = scene.figures().isEmpty() ? new Box(0, 0, 1, 1) : scene.bounds().grown(-24);
        List<Figure> figures = new ArrayList<>(scene.figures());
        ServiceFigures.below(above, topology, names, words, notes, badges).ifPresent(figures::add);
        return new Scene(figures, scene.wires());
    }

    private void remember(Figure figure, String site) {
        boxes.putIfAbsent(figure.id(), figure.box());
        siteOf.putIfAbsent(figure.id(), site);
        figure.children().forEach(child -> remember(child, site));
    }

    private List<Site> inOrder() {
        List<Site> sites = new ArrayList<>(topology.getSites());
        sites.sort(
                Comparator.comparing((Site site) -> -degree(site))
                        .thenComparing(site -> site.getKind() == SiteKind.HEADQUARTERS ? 0 : 1));
        if (!isHub(sites.size())) {
            return topology.getSites();
        }
        Site hub = sites.getFirst();
        List<Site> ordered = new ArrayList<>(topology.getSites());
        ordered.remove(hub);
        ordered.addFirst(hub);
        return ordered;
    }

    /** Whether one site is linked with most of the rest. */
    private boolean isHub(int sites) {
        long most = topology.getSites().stream().mapToLong(this::degree).max().orElse(0);
        return sites >= 4 && most >= (sites - 1) * .6;
    }

    /** Between which sites lines run; for the automatic layout. */
    public List<SiteTie> ties() {
        List<SiteTie> ties = new ArrayList<>();
        for (Link link : topology.getLinks()) {
            if (link.getFirstSite() != null && link.getSecondSite() != null) {
                ties.add(new SiteTie(link.getFirstSite().getId(), link.getSecondSite().getId()));
            }
        }
        ties.addAll(new ProtectionLines(topology, names, words).ties());
        return ties;
    }

    private long degree(Site site) {
        return topology.getLinks().stream()
                .filter(link -> link.getFirstSite() == site || link.getSecondSite() == site)
                .count();
    }

    private List<Wire> links(Routes grid) {
        List<Wire> wires = new ArrayList<>();
        Map<String, Integer> lanes = new HashMap<>();
        for (Link link : topology.getLinks()) {
            Box a = box(link.getFirstSite());
            Box b = box(link.getSecondSite());
            if (a == null || b == null || a.equals(b)) {
                continue;
            }
            String first = link.getFirstSite().getId();
            String second = link.getSecondSite().getId();
            String pair = first.compareTo(second) < 0 ? first + second : second + first;
            int lane = lanes.merge(pair, 1, Integer::sum) - 1;
            List<Spot> course = grid.link(first, second, a, b, lane);
            wires.add(wire(link, course));
        }
        return wires;
    }

    /** Where lines share a channel, the label stands on the last part, which is theirs alone. */
    private Wire wire(Link link, List<Spot> course) {
        String label = label(link);
        if (course.size() < 3) {
            return Wire.labelled(link.getId(), Wire.Form.LINE, course, label);
        }
        Spot last = course.getLast();
        Spot before = course.get(course.size() - 2);
        Spot anchor = new Spot(last.x(), before.y() + (last.y() - before.y()) * .55);
        return new Wire(link.getId(), Wire.Form.LINE, course, label, anchor);
    }

    private String label(Link link) {
        String rate = words.rate(link.getBandwidthMbps());
        String delay =
                link.getLatencyMillis() > 0
                        ? " \u00b7 " + words.number(link.getLatencyMillis()) + "\u00a0ms"
                        : "";
        return rate + delay + (link.isVpn() ? " \u00b7 VPN" : "");
    }

    private Box box(Site site) {
        return site == null || site.eIsProxy() ? null : boxes.get(site.getId());
    }
}
