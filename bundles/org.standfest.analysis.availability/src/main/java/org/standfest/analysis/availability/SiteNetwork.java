package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.topology.Link;
import org.standfest.topology.Network;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Which sites can reach each other: lines work both ways, and any route over sites that work is
 * good enough. A stretched network connects its sites where no line is drawn. One thread.
 */
final class SiteNetwork {

    private final Formula formula;
    private final int hopsMax;
    private final List<Site> sites;
    private final Map<Site, Integer> numbers = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final ToIntFunction<Site> siteDown;
    private final Map<Site, int[]> unreached = new HashMap<>();

    /** Two sites and the literal that says that the way between them is down. */
    private record Edge(int first, int second, int down) {}

    SiteNetwork(
            Topology topology,
            Formula formula,
            int hopsMax,
            ToIntFunction<Site> siteDown,
            ToIntFunction<Link> linkDown,
            ToIntFunction<Network> networkDown) {
        this.formula = formula;
        this.hopsMax = hopsMax;
        this.siteDown = siteDown;
        sites = topology.getSites();
        for (Site site : sites) {
            numbers.put(site, numbers.size());
        }
        Set<Long> joined = new HashSet<>();
        for (Link link : topology.getLinks()) {
            Integer a = numbers.get(link.getFirstSite());
            Integer b = numbers.get(link.getSecondSite());
            if (a != null && b != null && !a.equals(b)) {
                joined.add(pair(a, b));
                edges.add(new Edge(a, b, linkDown.applyAsInt(link)));
            }
        }
        for (Network network : topology.getNetworks()) {
            List<Integer> on =
                    network.getSites().stream().map(numbers::get).filter(it -> it != null).toList();
            for (int i = 1; i < on.size(); i++) {
                if (joined.add(pair(on.getFirst(), on.get(i)))) {
                    int down = networkDown.applyAsInt(network);
                    edges.add(new Edge(on.getFirst(), on.get(i), down));
                }
            }
        }
    }

    private static long pair(int a, int b) {
        return (long) Math.min(a, b) << 32 | Math.max(a, b);
    }

    /** True when the second site cannot be reached from the first; both may be down themselves. */
    int unreachable(Site from, Site to) {
        if (from == to || from == null || to == null) {
            return Formula.FALSE;
        }
        Integer target = numbers.get(to);
        if (target == null || !numbers.containsKey(from)) {
            return Formula.FALSE;
        }
        return unreached.computeIfAbsent(from, this::search)[target];
    }

    /** Reached in at most so many steps, one step after the other. */
    private int[] search(Site from) {
        int n = sites.size();
        int[] reached = new int[n];
        Arrays.fill(reached, Formula.FALSE);
        reached[numbers.get(from)] = Formula.TRUE;
        for (int step = 0; step < Math.min(hopsMax, n - 1); step++) {
            List<Set<Integer>> ways = new ArrayList<>();
            for (int site = 0; site < n; site++) {
                ways.add(new LinkedHashSet<>(Set.of(reached[site])));
            }
            for (Edge edge : edges) {
                int up = formula.and(reached[edge.first], edge.down ^ 1);
                ways.get(edge.second).add(onward(up, edge.second));
                int back = formula.and(reached[edge.second], edge.down ^ 1);
                ways.get(edge.first).add(onward(back, edge.first));
            }
            int[] next = new int[n];
            for (int site = 0; site < n; site++) {
                int[] all = ways.get(site).stream().mapToInt(Integer::intValue).toArray();
                next[site] = formula.or(all);
            }
            if (Arrays.equals(next, reached)) {
                break;
            }
            reached = next;
        }
        int[] unreachable = new int[n];
        for (int site = 0; site < n; site++) {
            unreachable[site] = reached[site] ^ 1;
        }
        return unreachable;
    }

    /** A site that is down passes nothing on. */
    private int onward(int arrived, int site) {
        return formula.and(arrived, siteDown.applyAsInt(sites.get(site)) ^ 1);
    }
}
