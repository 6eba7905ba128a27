package org.standfest.patterns.standard;

import org.standfest.patterns.Answers;
import org.standfest.patterns.Question;
import org.standfest.topology.Host;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two hosts in step, in two buildings or one, with a witness at a third place. */
final class MirrorPairPattern extends AbstractPattern {

    MirrorPairPattern() {
        super("mirror-pair");
    }

    @Override
    List<Question> more(Locale locale) {
        return List.of(choice(locale, "place", "other", "same"));
    }

    @Override
    void draw(Workshop work, List<Workload> systems, Answers answers) {
        List<Site> sites = new ArrayList<>(work.sites());
        if (sites.isEmpty()) {
            sites.add(work.site(SiteKind.HEADQUARTERS, "first-site"));
        }
        if (sites.size() == 1 && answers.choice("place").orElse("other").equals("other")) {
            sites.add(work.site(SiteKind.BRANCH, "second-site"));
        }
        List<Host> hosts = pair(work.hosts(2, sites, systems));
        hosts.forEach(it -> work.enlarge(it, systems));
        Workshop.spread(systems, hosts);
        systems.forEach(it -> rehost(it, hosts));
        MirrorPair pair =
                work.add(
                        work.topology().getProtections(),
                        Workshop.MAKE.createMirrorPair(),
                        "mirror-pair");
        pair.setFirstHost(hosts.get(0));
        pair.setSecondHost(hosts.get(1));
        pair.setSyncNetwork(
                work.network(
                        NetworkKind.REPLICATION,
                        "sync-network",
                        hosts.stream().map(Host::getSite).toList(),
                        hosts));
        pair.getWorkloads().addAll(systems);
        pair.setAutomatic(true);
        pair.setTakeoverSeconds(120);
        pair.setCoverage(0.98);
        pair.setWitness(work.witness());
    }

    /** The two that carry most, where systems stand on more. */
    private static List<Host> pair(List<Host> hosts) {
        return List.copyOf(hosts.subList(0, 2));
    }

    private static void rehost(Workload system, List<Host> hosts) {
        if (system instanceof org.standfest.topology.VirtualMachine guest
                && !hosts.contains(guest.getHost())) {
            guest.setHost(hosts.getFirst());
        }
    }
}
