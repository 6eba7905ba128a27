package org.standfest.patterns.standard;

import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.patterns.Answers;
import org.standfest.patterns.Question;
import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.ClientAccess;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Disk;
import org.standfest.topology.Host;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Each system gets a partner at another site with a copy of its databases; clients find both by DNS
 * round robin.
 */
final class AvailabilityGroupPattern extends AbstractPattern {

    AvailabilityGroupPattern() {
        super("availability-group");
    }

    @Override
    List<Question> more(Locale locale) {
        return List.of(choice(locale, "copying", "synchronous", "lagging"));
    }

    @Override
    void draw(Workshop work, List<Workload> systems, Answers answers) {
        List<Site> sites = new ArrayList<>(work.sites());
        while (sites.size() < 2) {
            sites.add(
                    work.site(
                            SiteKind.DATA_CENTRE, sites.isEmpty() ? "first-site" : "second-site"));
        }
        Component witness = work.witness();
        Workshop.spread(systems, List.of(firstHost(work, sites.getFirst(), systems)));
        Host second = null;
        boolean synchronous = answers.choice("copying").orElse("").equals("synchronous");
        for (Workload system : List.copyOf(systems)) {
            VirtualMachine first = (VirtualMachine) system;
            Site away =
                    sites.stream()
                            .filter(it -> it != Workshop.siteOf(first))
                            .findFirst()
                            .orElseThrow();
            if (second == null || second.getSite() != away) {
                second = work.host(away, systems);
            }
            VirtualMachine partner = partner(work, first, second);
            AvailabilityGroup group =
                    work.named(
                            work.topology().getProtections(),
                            Workshop.MAKE.createAvailabilityGroup(),
                            work.word("availability-group") + ' ' + first.getName());
            group.getWorkloads().addAll(List.of(first, partner));
            group.setCopies(2);
            group.setSynchronous(synchronous);
            group.setCopyLagSeconds(synchronous ? 0 : 60);
            group.setAutomatic(true);
            group.setTakeoverSeconds(60);
            group.setCoverage(0.99);
            group.setWitness(witness);
            redirect(work, first, partner);
        }
    }

    /** The host that the systems stand on, or a new one where they stand nowhere. */
    private static Host firstHost(Workshop work, Site site, List<Workload> systems) {
        boolean placed =
                systems.stream()
                        .allMatch(
                                it ->
                                        it instanceof VirtualMachine guest
                                                && guest.getHost() != null);
        return placed ? ((VirtualMachine) systems.getFirst()).getHost() : work.host(site, systems);
    }

    private static VirtualMachine partner(Workshop work, VirtualMachine first, Host host) {
        VirtualMachine partner =
                work.named(
                        work.topology().getVirtualMachines(),
                        Workshop.MAKE.createVirtualMachine(),
                        first.getName());
        partner.setHost(host);
        partner.setCpuCores(first.getCpuCores());
        partner.setMemoryMiB(first.getMemoryMiB());
        partner.setOperatingSystem(first.getOperatingSystem());
        partner.setBootSeconds(first.getBootSeconds());
        partner.setFailureData(first.getFailureData());
        partner.setLoad(first.getLoad());
        for (Disk disk : first.getDisks()) {
            work.disk(partner, disk.getSizeGiB(), disk.getUsedGiB()).setKind(disk.getKind());
        }
        return partner;
    }

    /** Who needed the system needs one of the two now, and finds them under one name. */
    private static void redirect(Workshop work, VirtualMachine first, VirtualMachine partner) {
        for (Service service : work.topology().getServices()) {
            for (Dependency dependency : List.copyOf(service.getDependencies())) {
                if (!dependency.getTargets().contains(first)) {
                    continue;
                }
                if (dependency.getKind() == DependencyKind.SOME_OF) {
                    dependency.getTargets().add(partner);
                    continue;
                }
                dependency.getTargets().remove(first);
                if (dependency.getTargets().isEmpty()) {
                    EcoreUtil.remove(dependency);
                }
                work.needs(service, DependencyKind.SOME_OF, List.of(first, partner));
                service.setClientAccess(ClientAccess.DNS_ROUND_ROBIN);
            }
        }
    }
}
