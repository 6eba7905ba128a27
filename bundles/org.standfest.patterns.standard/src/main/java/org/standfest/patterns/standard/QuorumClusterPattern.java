package org.standfest.patterns.standard;

import org.standfest.patterns.Answers;
import org.standfest.patterns.Question;
import org.standfest.topology.ClusterManager;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Any number of nodes over two sites, and a quorum device at a third. */
final class QuorumClusterPattern extends AbstractPattern {

    QuorumClusterPattern() {
        super("quorum-cluster");
    }

    @Override
    List<Question> more(Locale locale) {
        return List.of(number(locale, "nodes", 2, 32, 4), number(locale, "may-fail", 1, 16, 1));
    }

    @Override
    void draw(Workshop work, List<Workload> systems, Answers answers) {
        List<Site> sites = new ArrayList<>(work.sites());
        while (sites.size() < 2) {
            sites.add(
                    work.site(
                            SiteKind.DATA_CENTRE, sites.isEmpty() ? "first-site" : "second-site"));
        }
        List<Host> hosts = work.hosts(answers.number("nodes", 4), sites, systems);
        int mayFail = Math.min(hosts.size() - 1, answers.number("may-fail", 1));
        hosts.forEach(it -> work.enlarge(it, systems));
        Workshop.spread(systems, hosts);
        work.network(
                NetworkKind.REPLICATION,
                "heartbeat-network",
                hosts.stream().map(Host::getSite).toList(),
                hosts);
        FailoverCluster cluster =
                work.add(
                        work.topology().getProtections(),
                        Workshop.MAKE.createFailoverCluster(),
                        "cluster");
        cluster.getHosts().addAll(hosts);
        cluster.getWorkloads().addAll(systems);
        cluster.setManager(ClusterManager.PACEMAKER);
        cluster.setMinimumHosts(hosts.size() - mayFail);
        cluster.setActiveActive(true);
        cluster.setAutomatic(true);
        cluster.setTakeoverSeconds(180);
        cluster.setCoverage(0.98);
        cluster.setWitness(work.witness());
    }
}
