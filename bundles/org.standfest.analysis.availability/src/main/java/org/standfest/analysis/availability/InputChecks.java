package org.standfest.analysis.availability;

import static org.standfest.analysis.availability.Infrastructure.exists;

import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Element;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.FailureData;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.Protection;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;

import java.util.ArrayList;
import java.util.List;

/** What makes no sense in a topology's figures and protections, and what is done about it. */
final class InputChecks {

    private static final Catalog CATALOG = Catalog.beside(InputChecks.class);

    private final List<Finding> findings = new ArrayList<>();

    private InputChecks() {}

    static List<Finding> of(Topology topology) {
        InputChecks checks = new InputChecks();
        topology.getFailureData().forEach(checks::figures);
        topology.getProtections().forEach(checks::protection);
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

    private void protection(Protection protection) {
        if (!probability(protection.getCoverage())) {
            add(Severity.WARNING, protection, "input.coverage", protection.getCoverage());
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
                } else if (cluster.getMinimumHosts() >= hosts) {
                    add(Severity.WARNING, cluster, "input.no-reserve", hosts);
                }
            }
            case StandbyProtection standby -> {
                if (!exists(standby.getImagePool())
                        || !exists(standby.getImagePool().getStandby())) {
                    add(Severity.ERROR, standby, "input.no-standby");
                } else if (standby.getWorkloads().contains(standby.getImagePool().getStandby())) {
                    add(Severity.ERROR, standby, "input.own-standby");
                }
            }
            default -> {}
        }
    }

    private static boolean probability(double value) {
        return value >= 0 && value <= 1;
    }

    private void add(Severity severity, Element element, String code, Object... more) {
        String name = element.getName() == null ? "" : element.getName();
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
