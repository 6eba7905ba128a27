package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.ConsistencyGroup;
import org.standfest.topology.Link;
import org.standfest.topology.LinkKind;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What is replicated has a line that leads there, is wide enough, safe and quick. */
public final class ReplicationRule implements TopologyRule {

    private static final double MIRROR_MILLIS = 5;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long DAYS_OF_FIRST_COPY = 7;

    @Override
    public String id() {
        return "standfest.replication";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        LineLoad lines = new LineLoad(topology);
        Set<Link> tooNarrow = new HashSet<>();
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof StandbyProtection standby) {
                route(standby, report);
                if (Facts.exists(standby.getLink()) && tooNarrow.add(standby.getLink())) {
                    width(standby.getLink(), lines, report);
                }
                firstCopy(standby, lines, report);
            } else if (protection instanceof MirroredSites sites) {
                mirror(sites, report);
            }
        }
        groups(topology, report);
    }

    private static void route(StandbyProtection protection, Reporter report) {
        if (!Facts.exists(protection.getImagePool())) {
            return;
        }
        Site target = Facts.site(protection.getImagePool().getStandby());
        Link link = protection.getLink();
        for (Workload workload : Facts.real(protection.getWorkloads())) {
            Site source = Facts.site(workload);
            if (source == null || target == null || source == target) {
                continue;
            }
            if (!Facts.exists(link)) {
                report.warning(workload, "replication.no-link", protection, source, target);
            } else if (!joins(link, source, target)) {
                report.error(workload, "replication.wrong-link", link, source, target);
            }
        }
        if (Facts.exists(link) && isOpen(link)) {
            report.warning(link, "replication.open-line", protection);
        }
    }

    private static boolean isOpen(Link link) {
        return !link.isVpn()
                && (link.getKind() == LinkKind.INTERNET || link.getKind() == LinkKind.MOBILE);
    }

    /** Whether a line leads from one site to the other. */
    public static boolean joins(Link link, Site one, Site other) {
        return link.getFirstSite() == one && link.getSecondSite() == other
                || link.getFirstSite() == other && link.getSecondSite() == one;
    }

    private static void width(Link link, LineLoad lines, Reporter report) {
        double neededMiBPerHour = lines.averageMiBPerHour(link);
        double possibleMiBPerHour = lines.narrowestMiBPerSecond(link) * 3600;
        if (neededMiBPerHour > possibleMiBPerHour) {
            report.error(
                    link,
                    "replication.too-narrow",
                    Math.round(neededMiBPerHour),
                    Math.round(possibleMiBPerHour));
        }
    }

    private static void firstCopy(StandbyProtection protection, LineLoad lines, Reporter report) {
        if (!Facts.exists(protection.getLink())) {
            return;
        }
        double mibPerSecond = lines.narrowestMiBPerSecond(protection.getLink());
        long usedGiB =
                Facts.real(protection.getWorkloads()).stream().mapToLong(Facts::usedGiB).sum();
        if (mibPerSecond > 0) {
            long days = Math.round(usedGiB * 1024 / mibPerSecond) / SECONDS_PER_DAY;
            if (days >= DAYS_OF_FIRST_COPY) {
                report.hint(
                        protection, "replication.first-copy", usedGiB, protection.getLink(), days);
            }
        }
    }

    private static void mirror(MirroredSites sites, Reporter report) {
        Link link = sites.getLink();
        if (!Facts.exists(link)) {
            report.error(sites, "replication.mirror-no-link");
            return;
        }
        if (Facts.exists(sites.getFirstSite())
                && Facts.exists(sites.getSecondSite())
                && !joins(link, sites.getFirstSite(), sites.getSecondSite())) {
            report.error(
                    sites,
                    "replication.wrong-link",
                    link,
                    sites.getFirstSite(),
                    sites.getSecondSite());
        }
        if (sites.isSynchronous() && link.getLatencyMillis() > MIRROR_MILLIS) {
            report.warning(sites, "replication.mirror-far", link, link.getLatencyMillis());
        }
    }

    /** Members of a group share one protection of each pool, or their points never agree. */
    private static void groups(Topology topology, Reporter report) {
        Map<ConsistencyGroup, Set<Workload>> covered = new HashMap<>();
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof StandbyProtection standby
                    && Facts.exists(standby.getConsistencyGroup())) {
                ConsistencyGroup group = standby.getConsistencyGroup();
                List<Workload> members = standby.getWorkloads();
                covered.computeIfAbsent(group, _ -> new HashSet<>()).addAll(members);
                for (Workload workload : Facts.real(group.getWorkloads())) {
                    if (!members.contains(workload)) {
                        report.error(group, "replication.group-split", workload, standby);
                    }
                }
            }
        }
        for (ConsistencyGroup group : topology.getConsistencyGroups()) {
            if (!covered.containsKey(group)) {
                report.warning(group, "replication.group-unused");
            }
            if (group.isManual() && group.getPauseCommand() == null) {
                report.error(group, "replication.group-no-command");
            }
        }
    }
}
