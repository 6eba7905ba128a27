package org.standfest.topology.check.internal;

import org.eclipse.emf.ecore.EObject;
import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.Hardware;
import org.standfest.topology.Machine;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.PowerFeedKind;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Machines are fed at their own site, by feeds that can carry them. */
public final class PowerRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.power";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        Map<PowerFeed, Long> watts = new HashMap<>();
        for (Machine machine : new Facts(topology).all(Machine.class)) {
            if (machine instanceof Hardware hardware) {
                machine(machine, hardware, watts, report);
            }
        }
        for (Site site : topology.getSites()) {
            for (PowerFeed feed : site.getPowerFeeds()) {
                long asked = watts.getOrDefault(feed, 0L);
                if (feed.getCapacityWatts() > 0 && asked > feed.getCapacityWatts()) {
                    report.error(feed, "power.overload", asked, feed.getCapacityWatts());
                }
                if (feed.getKind() == PowerFeedKind.UPS && feed.getAutonomySeconds() == 0) {
                    report.warning(feed, "power.no-autonomy");
                }
                bridge(site, feed, report);
            }
        }
    }

    private static void machine(
            Machine machine, Hardware hardware, Map<PowerFeed, Long> watts, Reporter report) {
        Site here = Facts.site(machine);
        List<PowerFeed> feeds = Facts.real(hardware.getPowerFeeds());
        for (PowerFeed feed : feeds) {
            // When the others fail, one feed alone carries the machine.
            watts.merge(feed, (long) hardware.getPowerWatts(), Long::sum);
            EObject there = feed.eContainer();
            if (here != null && there != here) {
                report.error(machine, "power.other-site", feed, here);
            }
        }
        if (feeds.size() == 1) {
            report.hint(machine, "power.single", feeds.getFirst());
        }
    }

    /** A generator that starts later than the battery ends helps nobody. */
    private static void bridge(Site site, PowerFeed generator, Reporter report) {
        if (generator.getKind() != PowerFeedKind.GENERATOR) {
            return;
        }
        int longest =
                site.getPowerFeeds().stream()
                        .filter(it -> it.getKind() == PowerFeedKind.UPS)
                        .mapToInt(PowerFeed::getAutonomySeconds)
                        .max()
                        .orElse(0);
        if (longest <= generator.getStartupSeconds()) {
            report.warning(generator, "power.gap", generator.getStartupSeconds(), longest);
        }
    }
}
