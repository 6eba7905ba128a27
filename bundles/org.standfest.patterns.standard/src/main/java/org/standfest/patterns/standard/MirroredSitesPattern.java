package org.standfest.patterns.standard;

import org.standfest.patterns.Answers;
import org.standfest.patterns.Question;
import org.standfest.topology.Link;
import org.standfest.topology.LinkKind;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Storage;
import org.standfest.topology.StorageKind;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two data centres with the same data at every moment, and a witness at a third site. */
final class MirroredSitesPattern extends AbstractPattern {

    MirroredSitesPattern() {
        super("mirrored-sites");
    }

    @Override
    List<Question> more(Locale locale) {
        return List.of(number(locale, "hosts-each", 1, 16, 2));
    }

    @Override
    void draw(Workshop work, List<Workload> systems, Answers answers) {
        List<Site> sites = new ArrayList<>(work.sites());
        while (sites.size() < 2) {
            sites.add(
                    work.site(
                            SiteKind.DATA_CENTRE, sites.isEmpty() ? "first-site" : "second-site"));
        }
        Site first = sites.get(0);
        Site second = sites.get(1);
        int each = answers.number("hosts-each", 2);
        List<Storage> halves = new ArrayList<>();
        for (Site site : List.of(first, second)) {
            halves.add(work.storage(site, StorageKind.MIRRORED, systems, "storage"));
        }
        halves.get(0).setMirroredWith(halves.get(1));
        halves.get(1).setMirroredWith(halves.get(0));
        for (Workload system : systems) {
            Storage own = halves.get(Workshop.siteOf(system) == second ? 1 : 0);
            system.getDisks().forEach(disk -> disk.setStorage(own));
        }
        for (Storage half : halves) {
            Site site = half.getSite();
            while (site.getHosts().size() < each) {
                work.host(site, systems);
            }
            site.getHosts().forEach(it -> it.getStorages().add(half));
            work.network(NetworkKind.STORAGE, "storage-network", List.of(site), site.getHosts());
        }
        Workshop.spread(systems, first.getHosts());
        protect(work, first, second, halves).getWorkloads().addAll(systems);
    }

    private static MirroredSites protect(
            Workshop work, Site first, Site second, List<Storage> halves) {
        Link link = work.link(first, second, LinkKind.FIBRE, 10_000);
        MirroredSites sites =
                work.add(
                        work.topology().getProtections(),
                        Workshop.MAKE.createMirroredSites(),
                        "mirrored-sites");
        sites.setFirstSite(first);
        sites.setSecondSite(second);
        sites.setLink(link);
        sites.getStorages().addAll(halves);
        sites.setSynchronous(true);
        sites.setAutomatic(true);
        sites.setTakeoverSeconds(30);
        sites.setCoverage(0.98);
        sites.setWitness(work.witness());
        return sites;
    }
}
