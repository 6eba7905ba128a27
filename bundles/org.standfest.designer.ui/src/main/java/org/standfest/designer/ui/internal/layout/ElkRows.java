package org.standfest.designer.ui.internal.layout;

import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.standfest.designer.ui.internal.drawing.SiteRows;
import org.standfest.designer.ui.internal.drawing.SiteTie;
import org.standfest.drawing.ui.Box;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Puts sites into rows by the layered algorithm of ELK: what is linked stands near, few lines
 * cross. The layered algorithm alone draws one long axis, so it is asked for both directions and
 * long rows are broken; the lines then run in the channels between the rows. The same input gives
 * the same rows. Any thread.
 */
public final class ElkRows {

    private static final double WISHED_RATIO = 1.6;
    private static final double GAP = 120;

    /** How many lengths of rows are looked at for each direction. */
    private static final int EACH = 3;

    /** From here on everything is one net or nothing is: the order of the file serves as well. */
    private static final int MAX_SITES = 400;

    private final Map<String, Box> sites;
    private final Set<SiteTie> ties;

    /**
     * @param sites how large each site is, in the order of the topology
     * @param ties between which sites lines run
     */
    public ElkRows(Map<String, Box> sites, List<SiteTie> ties) {
        this.sites = new LinkedHashMap<>(sites);
        this.ties = new HashSet<>();
        for (SiteTie tie : ties) {
            boolean known = sites.containsKey(tie.from()) && sites.containsKey(tie.to());
            if (known && !tie.from().equals(tie.to())) {
                this.ties.add(tie);
            }
        }
    }

    /** Rows worth a look, at most a handful; none where there are too few or too many sites. */
    public List<SiteRows> candidates() {
        if (sites.size() < 2 || sites.size() > MAX_SITES || ties.isEmpty()) {
            return List.of();
        }
        LayoutMetaDataService.getInstance()
                .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
        List<SiteRows> found = new ArrayList<>();
        for (List<List<String>> layers : List.of(layers(Direction.DOWN), across())) {
            IntStream.rangeClosed(1, longest(layers))
                    .mapToObj(longest -> broken(layers, longest))
                    .sorted(Comparator.comparingDouble(this::off))
                    .limit(EACH)
                    .map(SiteRows::new)
                    .forEach(found::add);
        }
        return found.stream().distinct().toList();
    }

    /** How far the form of rows is from that of a window. */
    private double off(List<List<String>> rows) {
        return Math.abs(Math.log(ratio(rows) / WISHED_RATIO));
    }

    /** Layers that go from left to right are columns: turned they are rows. */
    private List<List<String>> across() {
        List<List<String>> columns = layers(Direction.RIGHT);
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < longest(columns); row++) {
            List<String> members = new ArrayList<>();
            for (List<String> column : columns) {
                if (row < column.size()) {
                    members.add(column.get(row));
                }
            }
            rows.add(members);
        }
        return rows;
    }

    private static int longest(List<List<String>> rows) {
        return rows.stream().mapToInt(List::size).max().orElse(0);
    }

    private List<List<String>> layers(Direction direction) {
        ElkNode graph = ElkGraphUtil.createGraph();
        graph.setProperty(CoreOptions.DIRECTION, direction);
        graph.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        graph.setProperty(CoreOptions.ASPECT_RATIO, WISHED_RATIO);
        graph.setProperty(CoreOptions.SPACING_NODE_NODE, GAP);
        graph.setProperty(CoreOptions.SPACING_COMPONENT_COMPONENT, GAP);
        graph.setProperty(CoreOptions.PADDING, new ElkPadding(0));
        graph.setProperty(CoreOptions.RANDOM_SEED, 1);
        Map<String, ElkNode> nodes = new LinkedHashMap<>();
        sites.forEach(
                (id, box) -> {
                    ElkNode node = ElkGraphUtil.createNode(graph);
                    node.setIdentifier(id);
                    node.setDimensions(box.width(), box.height());
                    nodes.put(id, node);
                });
        Map<String, Integer> degrees = degrees();
        ties.stream()
                .map(tie -> outwards(tie, degrees))
                .distinct()
                .sorted(Comparator.comparing(SiteTie::from).thenComparing(SiteTie::to))
                .forEach(
                        tie ->
                                ElkGraphUtil.createSimpleEdge(
                                        nodes.get(tie.from()), nodes.get(tie.to())));
        new LayeredLayoutProvider().layout(graph, new BasicProgressMonitor());
        return inLayers(List.copyOf(nodes.values()), direction == Direction.DOWN);
    }

    private Map<String, Integer> degrees() {
        Map<String, Integer> degrees = new HashMap<>();
        for (SiteTie tie : ties) {
            degrees.merge(tie.from(), 1, Integer::sum);
            degrees.merge(tie.to(), 1, Integer::sum);
        }
        return degrees;
    }

    /** What most lines lead to comes first. */
    private SiteTie outwards(SiteTie tie, Map<String, Integer> degrees) {
        int from = degrees.get(tie.from());
        int to = degrees.get(tie.to());
        List<String> order = List.copyOf(sites.keySet());
        boolean turned =
                from < to || from == to && order.indexOf(tie.from()) > order.indexOf(tie.to());
        return turned ? new SiteTie(tie.to(), tie.from()) : tie;
    }

    /** Nodes whose spans along the direction overlap form one layer. */
    private static List<List<String>> inLayers(List<ElkNode> nodes, boolean down) {
        List<ElkNode> sorted = new ArrayList<>(nodes);
        sorted.sort(Comparator.comparingDouble(node -> middle(node, down)));
        List<List<ElkNode>> layers = new ArrayList<>();
        double end = Double.NEGATIVE_INFINITY;
        for (ElkNode node : sorted) {
            if (middle(node, down) >= end) {
                layers.add(new ArrayList<>());
                end = start(node, down) + length(node, down);
            }
            layers.getLast().add(node);
        }
        return layers.stream()
                .map(
                        layer ->
                                layer.stream()
                                        .sorted(
                                                Comparator.comparingDouble(
                                                        node -> start(node, !down)))
                                        .map(ElkNode::getIdentifier)
                                        .toList())
                .toList();
    }

    private static double start(ElkNode node, boolean vertical) {
        return vertical ? node.getY() : node.getX();
    }

    private static double length(ElkNode node, boolean vertical) {
        return vertical ? node.getHeight() : node.getWidth();
    }

    private static double middle(ElkNode node, boolean vertical) {
        return start(node, vertical) + length(node, vertical) / 2;
    }

    /** Rows that are too long go on in the next, in parts of about the same length. */
    private static List<List<String>> broken(List<List<String>> rows, int longest) {
        List<List<String>> broken = new ArrayList<>();
        for (List<String> row : rows) {
            int parts = Math.ceilDiv(row.size(), longest);
            int first = 0;
            for (int part = 1; part <= parts; part++) {
                int end = row.size() * part / parts;
                broken.add(row.subList(first, end));
                first = end;
            }
        }
        return broken;
    }

    private double ratio(List<List<String>> rows) {
        double width = 0;
        double height = 0;
        for (List<String> row : rows) {
            double sum = 0;
            double highest = 0;
            for (String id : row) {
                sum += sites.get(id).width() + GAP;
                highest = Math.max(highest, sites.get(id).height());
            }
            width = Math.max(width, sum);
            height += highest + GAP;
        }
        return width / Math.max(1, height);
    }
}
