package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.BackupPlan;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.ImagePool;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is kept twice against the loss of a place stands in two places far enough from each other.
 * Below 100 m two sites are one fire compartment for the fire brigade; below 1 km one event (a
 * flood, the find of a bomb with its evacuated circle, the loss of a transformer) reaches both.
 * Both are planning rules of this program; where the law asks for more, it says so itself.
 */
public final class DistanceRule implements TopologyRule {

    private static final double EARTH_RADIUS_METRES = 6_371_000;
    private static final double COMPARTMENT_METRES = 100;
    private static final double DISTRICT_METRES = 1000;

    private record Ends(Site one, Site other) {}

    @Override
    public String id() {
        return "standfest.distance";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        Set<Ends> told = new HashSet<>();
        for (Protection protection : topology.getProtections()) {
            switch (protection) {
                case MirrorPair pair -> {
                    Ends ends = new Ends(site(pair.getFirstHost()), site(pair.getSecondHost()));
                    apart(pair, ends, told, report);
                }
                case MirroredSites sites ->
                        apart(
                                sites,
                                new Ends(sites.getFirstSite(), sites.getSecondSite()),
                                told,
                                report);
                case StandbyProtection standby ->
                        Facts.real(standby.getWorkloads())
                                .forEach(it -> apart(standby, ends(standby, it), told, report));
                default -> {}
            }
        }
        Facts facts = new Facts(topology);
        topology.getImagePools().forEach(it -> sameSite(topology, it, facts, report));
    }

    private static Site site(Host host) {
        return Facts.exists(host) ? host.getSite() : null;
    }

    private static Ends ends(StandbyProtection standby, Workload workload) {
        ImagePool pool = standby.getImagePool();
        Site away = Facts.exists(pool) ? Facts.site(pool.getStandby()) : null;
        return new Ends(Facts.site(workload), away);
    }

    /** Systems whose only copies stand where they stand themselves. */
    private static void sameSite(Topology topology, ImagePool pool, Facts facts, Reporter report) {
        Site here = Facts.site(pool.getStandby());
        if (here == null || leaves(topology, pool, here)) {
            return;
        }
        Set<Workload> alone = new HashSet<>();
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof StandbyProtection standby && standby.getImagePool() == pool) {
                Facts.real(standby.getWorkloads()).stream()
                        .filter(it -> Facts.site(it) == here)
                        .filter(it -> facts.protectionsOf(it).stream().noneMatch(p -> away(p, it)))
                        .forEach(alone::add);
            }
        }
        if (!alone.isEmpty()) {
            report.hint(pool, "distance.same-site", here, alone.size());
        }
    }

    /** Whether it keeps a system's data at another site. */
    private static boolean away(Protection protection, Workload workload) {
        return switch (protection) {
            case StandbyProtection standby -> {
                Ends ends = ends(standby, workload);
                yield ends.other() != null && ends.one() != ends.other();
            }
            case MirrorPair pair -> site(pair.getFirstHost()) != site(pair.getSecondHost());
            case MirroredSites _ -> true;
            default -> false;
        };
    }

    /** Whether copies of a pool are brought elsewhere. */
    private static boolean leaves(Topology topology, ImagePool pool, Site from) {
        return topology.getBackupPlans().stream()
                .filter(it -> it.getImagePools().contains(pool))
                .map(BackupPlan::getOffsiteSite)
                .anyMatch(it -> Facts.exists(it) && it != from);
    }

    private static void apart(Element what, Ends ends, Set<Ends> told, Reporter report) {
        Site one = ends.one();
        Site other = ends.other();
        boolean two = Facts.exists(one) && Facts.exists(other) && one != other;
        if (!two || !told.add(ends)) {
            return; // that a protection has one end only says another rule
        }
        boolean known =
                List.of(one, other).stream()
                        .allMatch(
                                it ->
                                        it.getLatitudeDegrees() != null
                                                && it.getLongitudeDegrees() != null);
        if (!known) {
            return;
        }
        double metres = metres(one, other);
        if (metres < COMPARTMENT_METRES) {
            report.warning(what, "distance.compartment", one, other, Math.round(metres));
        } else if (metres < DISTRICT_METRES) {
            report.hint(what, "distance.near", one, other, Math.round(metres));
        }
    }

    /** Along the surface, by the haversine formula: exact to half a percent. */
    static double metres(Site one, Site other) {
        double north = Math.toRadians(other.getLatitudeDegrees() - one.getLatitudeDegrees());
        double east = Math.toRadians(other.getLongitudeDegrees() - one.getLongitudeDegrees());
        double h =
                Math.pow(Math.sin(north / 2), 2)
                        + Math.cos(Math.toRadians(one.getLatitudeDegrees()))
                                * Math.cos(Math.toRadians(other.getLatitudeDegrees()))
                                * Math.pow(Math.sin(east / 2), 2);
        return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
