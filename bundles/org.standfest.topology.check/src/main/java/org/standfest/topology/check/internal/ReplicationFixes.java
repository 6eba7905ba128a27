package org.standfest.topology.check.internal;

import org.standfest.topology.ConsistencyGroup;
import org.standfest.topology.Link;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Workload;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Lines that lead where they should and are wide enough, and groups that stay together. */
public final class ReplicationFixes extends KnownFixes {

    private static final int SHOWN = 3;
    private static final int WHOLE = 100;

    /** All of them. */
    public ReplicationFixes() {
        super(
                "replication",
                Map.of(
                        "replication.no-link", ReplicationFixes::link,
                        "replication.wrong-link", ReplicationFixes::link,
                        "replication.mirror-no-link", ReplicationFixes::link,
                        "replication.open-line", ReplicationFixes::vpn,
                        "replication.too-narrow", ReplicationFixes::widen,
                        "replication.group-split", ReplicationFixes::together));
    }

    private static void link(Case it) {
        it.about(MirroredSites.class)
                .ifPresent(
                        mirror ->
                                choose(
                                        it,
                                        mirror,
                                        mirror.getFirstSite(),
                                        mirror.getSecondSite(),
                                        mirror::setLink));
        it.about(Workload.class)
                .ifPresent(
                        workload ->
                                new Facts(it.topology())
                                        .protectionsOf(workload)
                                        .forEach(each -> link(it, workload, each)));
    }

    private static void link(Case it, Workload workload, Protection protection) {
        if (protection instanceof StandbyProtection standby
                && Facts.exists(standby.getImagePool())) {
            Site source = Facts.site(workload);
            Site target = Facts.site(standby.getImagePool().getStandby());
            boolean joined =
                    Facts.exists(standby.getLink())
                            && ReplicationRule.joins(standby.getLink(), source, target);
            if (!joined && source != target) {
                choose(it, standby, source, target, standby::setLink);
            }
        }
    }

    /** The widest first. */
    private static void choose(
            Case it, Protection protection, Site one, Site other, Consumer<Link> change) {
        it.topology().getLinks().stream()
                .filter(each -> ReplicationRule.joins(each, one, other))
                .sorted(Comparator.comparingDouble(each -> -each.getBandwidthMbps()))
                .limit(SHOWN)
                .forEach(each -> it.propose("link", () -> change.accept(each), protection, each));
    }

    private static void vpn(Case it) {
        it.about(Link.class).ifPresent(link -> it.propose("vpn", () -> link.setVpn(true), link));
    }

    /** A larger share where that is enough, else more bandwidth. */
    private static void widen(Case it) {
        Link link = it.about(Link.class).orElseThrow();
        LineLoad lines = new LineLoad(it.topology());
        double possible = lines.narrowestMiBPerSecond(link) * LineLoad.SECONDS_PER_HOUR;
        double factor = lines.averageMiBPerHour(link) / possible;
        if (!Double.isFinite(factor)) {
            return;
        }
        double share = Math.ceil(link.getReplicationPercent() * factor);
        if (share <= WHOLE) {
            it.propose("share", () -> link.setReplicationPercent((int) share), link, (int) share);
        }
        widen(it, link, factor, () -> {});
    }

    /** Makes both directions of a line wider by a factor, rounded up to whole megabits. */
    static void widen(Case it, Link link, double factor, Runnable more) {
        double back =
                link.getReverseBandwidthMbps() > 0
                        ? link.getReverseBandwidthMbps()
                        : link.getBandwidthMbps();
        double wanted = Math.ceil(Math.min(link.getBandwidthMbps(), back) * factor);
        it.propose(
                "widen",
                () -> {
                    link.setBandwidthMbps(Math.max(link.getBandwidthMbps(), wanted));
                    if (link.getReverseBandwidthMbps() > 0) {
                        link.setReverseBandwidthMbps(
                                Math.max(link.getReverseBandwidthMbps(), wanted));
                    }
                    more.run();
                },
                link,
                (long) wanted);
    }

    private static void together(Case it) {
        ConsistencyGroup group = it.about(ConsistencyGroup.class).orElseThrow();
        for (Protection each : it.topology().getProtections()) {
            if (each instanceof StandbyProtection standby
                    && standby.getConsistencyGroup() == group) {
                List<Workload> missing =
                        Facts.real(group.getWorkloads()).stream()
                                .filter(member -> !standby.getWorkloads().contains(member))
                                .toList();
                if (!missing.isEmpty()) {
                    it.propose(
                            "together",
                            () -> standby.getWorkloads().addAll(missing),
                            group,
                            standby);
                }
            }
        }
    }
}
