package org.standfest.analysis.availability;

import static org.standfest.analysis.availability.Infrastructure.exists;

import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.ActivationPlace;
import org.standfest.topology.Element;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What makes no sense in a topology's figures and protections, and what is done about it. */
final class InputChecks {

    private static final Catalog CATALOG = Catalog.beside(InputChecks.class);

    private final List<Finding> findings = new ArrayList<>();

    private final Topology topology;

    private InputChecks(Topology topology) {
        this.topology = topology;
    }

    static List<Finding> of(Topology topology) {
        InputChecks checks = new InputChecks(topology);
        topology.getFailureData().forEach(checks::figures);
        topology.getProtections().forEach(checks::protection);
        checks.contradictions(topology);
        return checks.findings;
    }

    private void figures(FailureData data) {
        if (!Figures.usable(data)) {
            add(Severity.WARNING, data, "input.figures", data.getMtbfHours(), data.getMttrHours());
        }
        if (!probability(data.getCoverage())) {
            add(Severity.WARNING, data, "input.coverage", data.getCoverage());
        }
    }

    /** Two protections of a kind that each say on which hosts a system runs, differently. */
    private void contradictions(Topology topology) {
        Map<Workload, Set<Host>> known = new HashMap<>();
        for (Protection protection : topology.getProtections()) {
            Set<Host> hosts = hosts(protection);
            if (hosts.isEmpty()) {
                continue;
            }
            for (Workload workload : protection.getWorkloads()) {
                Set<Host> before = known.putIfAbsent(workload, hosts);
                if (before != null && !before.equals(hosts)) {
                    add(Severity.ERROR, protection, "input.contradiction", name(workload));
                }
                boolean elsewhere =
                        workload instanceof VirtualMachine guest
                                && exists(guest.getHost())
                                && !hosts.contains(guest.getHost());
                if (elsewhere) {
                    add(Severity.WARNING, protection, "input.not-a-member", name(workload));
                }
            }
        }
    }

    /** The hosts that a protection spreads a system over; none for other protections. */
    private static Set<Host> hosts(Protection protection) {
        Set<Host> hosts = new LinkedHashSet<>();
        if (protection instanceof MirrorPair pair) {
            hosts.add(pair.getFirstHost());
            hosts.add(pair.getSecondHost());
        } else if (protection instanceof FailoverCluster cluster) {
            hosts.addAll(cluster.getHosts());
        }
        hosts.removeIf(it -> !exists(it));
        return hosts;
    }

    private static String name(Element element) {
        return element.getName() == null ? "" : element.getName();
    }

    private void protection(Protection protection) {
        if (!probability(protection.getCoverage())) {
            add(Severity.WARNING, protection, "input.coverage", protection.getCoverage());
        }
        if (hosts(protection).contains(protection.getWitness())) {
            add(Severity.WARNING, protection, "input.witness-inside");
        }
        switch (protection) {
            case MirrorPair pair -> {
                boolean one = !exists(pair.getFirstHost()) || !exists(pair.getSecondHost());
                if (one || pair.getFirstHost() == pair.getSecondHost()) {
                    add(Severity.ERROR, pair, "input.no-other-half");
                }
            }
            case FailoverCluster cluster -> {
                long hosts = cluster.getHosts().stream().filter(Infrastructure::exists).count();
                if (hosts < 2) {
                    add(Severity.ERROR, cluster, "input.no-other-half");
                } else if (cluster.getMinimumHosts() >= hosts && !hasSpares(cluster)) {
                    add(Severity.WARNING, cluster, "input.no-reserve", hosts);
                }
            }
            case MirroredSites sites -> {
                boolean one = !exists(sites.getFirstSite()) || !exists(sites.getSecondSite());
                if (one || sites.getFirstSite() == sites.getSecondSite()) {
                    add(Severity.ERROR, sites, "input.no-other-site");
                } else {
                    atNeither(sites);
                }
            }
            case StandbyProtection standby -> standby(standby);
            default -> {}
        }
    }

    private void standby(StandbyProtection standby) {
        boolean shelf = standby.getActivations().contains(ActivationPlace.SPARE_SERVER);
        if (shelf && !exists(standby.getSparePool())) {
            add(Severity.WARNING, standby, "input.no-spares");
        }
        if (!exists(standby.getImagePool()) || !exists(standby.getImagePool().getStandby())) {
            add(Severity.ERROR, standby, "input.no-standby");
        } else if (standby.getWorkloads().contains(standby.getImagePool().getStandby())) {
            add(Severity.ERROR, standby, "input.own-standby");
        } else if (standby.getImagePool().getParallelActivations() < 1) {
            add(Severity.ERROR, standby, "input.starts-nothing");
        } else {
            onItsOwnIron(standby);
        }
    }

    /** Systems of mirrored sites that stand at neither of them. */
    private void atNeither(MirroredSites sites) {
        for (Workload workload : sites.getWorkloads()) {
            Site here = Infrastructure.siteOf(workload);
            if (exists(here) && here != sites.getFirstSite() && here != sites.getSecondSite()) {
                add(Severity.WARNING, sites, "input.at-neither", name(workload), name(here));
            }
        }
    }

    /** Systems whose standby fails with the machine that they run on. */
    private void onItsOwnIron(StandbyProtection standby) {
        Machine other = Infrastructure.machineOf(standby.getImagePool().getStandby());
        for (Workload workload : standby.getWorkloads()) {
            if (exists(other) && Infrastructure.machineOf(workload) == other) {
                add(Severity.ERROR, standby, "input.same-iron", name(workload), name(other));
            }
        }
    }

    private boolean hasSpares(FailoverCluster cluster) {
        return topology.getSparePools().stream()
                .anyMatch(
                        it ->
                                it.getWorkloads().stream()
                                        .anyMatch(cluster.getWorkloads()::contains));
    }

    private static boolean probability(double value) {
        return value >= 0 && value <= 1;
    }

    private void add(Severity severity, Element element, String code, Object... more) {
        String name = name(element);
        Object[] arguments = new Object[more.length + 1];
        arguments[0] = name;
        System.arraycopy(more, 0, arguments, 1, more.length);
        findings.add(
                new Finding(
                        severity,
                        String.valueOf(element.getId()),
                        name,
                        CATALOG.explain(code, arguments)));
    }
}
