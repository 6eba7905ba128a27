package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.Link;
import org.standfest.topology.Network;
import org.standfest.topology.Topology;

import java.util.function.Consumer;

/** Links join two sites, networks can be reached somewhere. */
public final class LinkRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.link";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        for (Link link : topology.getLinks()) {
            if (!Facts.exists(link.getFirstSite()) || !Facts.exists(link.getSecondSite())) {
                report.error(link, "link.nowhere");
            } else if (link.getFirstSite() == link.getSecondSite()) {
                report.error(link, "link.circle", link.getFirstSite());
            }
            if (link.getBandwidthMbps() <= 0) {
                report.error(link, "link.no-bandwidth");
            }
        }
        for (Network network : topology.getNetworks()) {
            if (Facts.real(network.getSites()).isEmpty()) {
                report.error(network, "link.network-nowhere");
            }
        }
    }
}
