package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.standfest.results.Finding;
import org.standfest.topology.ActivationPlace;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.ImagePool;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.VirtualMachine;

import java.util.List;
import java.util.Locale;

/** What makes no sense gets a finding in both languages, and a number from 0 to 1. */
class InputChecksTest {

    private final Drawing drawing = new Drawing();
    private Site site;
    private FailureData data;
    private List<Host> hosts;
    private VirtualMachine guest;
    private FailoverCluster cluster;
    private Service service;

    @BeforeEach
    void draw() {
        site = drawing.site("s");
        data = drawing.figures(1000, 10);
        hosts =
                List.of(
                        drawing.host(site, data),
                        drawing.host(site, data),
                        drawing.host(site, data));
        guest = drawing.guest(hosts.getFirst());
        cluster = cluster(hosts.get(0), hosts.get(1));
        service = drawing.needs(1, guest);
    }

    private FailoverCluster cluster(Host... members) {
        FailoverCluster made = drawing.named(Drawing.MAKE.createFailoverCluster());
        made.getHosts().addAll(List.of(members));
        made.getWorkloads().add(guest);
        drawing.topology.getProtections().add(made);
        return made;
    }

    private void finds(String... codes) {
        AnalysisResult result = drawing.analysed(Drawing.plain(2));
        List<Finding> findings = result.findings();
        assertEquals(List.of(codes), findings.stream().map(it -> it.explanation().code()).toList());
        for (Finding it : findings) {
            for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                assertFalse(it.explanation().inFull(locale).contains("!"));
            }
        }
        for (ServiceAvailability it : result.availability().services()) {
            assertTrue(it.unavailability() >= 0 && it.unavailability() <= 1);
        }
    }

    @Test
    void whatMakesSenseHasNoFindings() {
        finds();
    }

    @Test
    void aCircleOfServicesIsCut() {
        Service second = drawing.needs(1, service);
        var back = drawing.named(Drawing.MAKE.createDependency());
        back.getTargets().add(second);
        service.getDependencies().add(back);
        finds("compile.circle");
    }

    @Test
    void timesOfZeroAndBelowAreNotUsed() {
        data.setMtbfHours(0);
        finds("input.figures");
        data.setMtbfHours(-5);
        finds("input.figures");
        data.setMtbfHours(1000);
        data.setMttrHours(Double.NaN);
        finds("input.figures");
    }

    @Test
    void probabilitiesBeyondTheirRangeAreNamed() {
        cluster.setCoverage(1.2);
        finds("input.coverage");
        cluster.setCoverage(-0.1);
        finds("input.coverage");
        cluster.setCoverage(1);
        data.setCoverage(Double.POSITIVE_INFINITY);
        finds("input.coverage");
    }

    @Test
    void moreTargetsThanThereAreCanNotBeMet() {
        drawing.needs(3, guest, hosts.get(1));
        finds("compile.impossible");
    }

    @Test
    void aServiceThatNeedsNothingIsNamed() {
        service.getDependencies().clear();
        finds("compile.needs-nothing");
    }

    @Test
    void whatIsMissingIsNamed() {
        hosts.get(1).getSite().getHosts().remove(hosts.get(2));
        cluster.getHosts().remove(hosts.get(1));
        finds("input.no-other-half");
    }

    @Test
    void protectionsThatContradictEachOtherAreNamed() {
        cluster(hosts.get(0), hosts.get(2));
        finds("input.contradiction");
    }

    @Test
    void theSameHostsInTwoProtectionsAreNoContradiction() {
        cluster(hosts.get(1), hosts.get(0));
        finds();
    }

    @Test
    void aGuestOnAHostThatIsNoMemberIsNamed() {
        guest.setHost(hosts.get(2));
        finds("input.not-a-member");
    }

    @Test
    void aWitnessThatIsAMemberIsNamed() {
        cluster.setWitness(hosts.get(1));
        finds("input.witness-inside");
        cluster.setWitness(hosts.get(2));
        finds();
    }

    @Test
    void mirroredSitesThatASystemStandsNotAtAreNamed() {
        var sites = drawing.named(Drawing.MAKE.createMirroredSites());
        sites.setFirstSite(drawing.site("east"));
        sites.setSecondSite(drawing.site("west"));
        sites.getWorkloads().add(guest);
        drawing.topology.getProtections().add(sites);
        finds("input.at-neither");
        sites.setSecondSite(site);
        finds();
    }

    @Test
    void aStandbyOnTheSameMachineIsNamed() {
        ImagePool pool = drawing.named(Drawing.MAKE.createImagePool());
        drawing.topology.getImagePools().add(pool);
        pool.setStandby(hosts.getFirst());
        StandbyProtection protection = drawing.named(Drawing.MAKE.createStandbyProtection());
        protection.setImagePool(pool);
        protection.getWorkloads().add(guest);
        drawing.topology.getProtections().add(protection);
        finds("input.same-iron");
        pool.setStandby(hosts.get(2));
        finds();
    }

    @Test
    void mirroredSitesNeedTwo() {
        var sites = drawing.named(Drawing.MAKE.createMirroredSites());
        sites.setFirstSite(site);
        sites.setSecondSite(site);
        sites.getWorkloads().add(guest);
        drawing.topology.getProtections().add(sites);
        finds("input.no-other-site");
    }

    @Test
    void aStandbyThatCannotStandByIsNamed() {
        PhysicalServer server = drawing.named(Drawing.MAKE.createPhysicalServer());
        site.getServers().add(server);
        StandbyProtection protection = drawing.named(Drawing.MAKE.createStandbyProtection());
        protection.getWorkloads().add(server);
        drawing.topology.getProtections().add(protection);
        drawing.needs(1, server);
        finds("input.no-standby");
        ImagePool pool = drawing.named(Drawing.MAKE.createImagePool());
        drawing.topology.getImagePools().add(pool);
        pool.setStandby(server);
        protection.setImagePool(pool);
        finds("input.own-standby");
        // By a detour: the guest's standby is the server, the server's the guest.
        ImagePool other = drawing.named(Drawing.MAKE.createImagePool());
        drawing.topology.getImagePools().add(other);
        other.setStandby(server);
        pool.setStandby(guest);
        StandbyProtection detour = drawing.named(Drawing.MAKE.createStandbyProtection());
        detour.setImagePool(other);
        detour.getWorkloads().add(guest);
        drawing.topology.getProtections().add(detour);
        finds();
        drawing.topology.getProtections().remove(detour);
        pool.setStandby(hosts.get(2));
        pool.setParallelActivations(0);
        finds("input.starts-nothing");
        pool.setParallelActivations(1);
        protection.getActivations().add(ActivationPlace.SPARE_SERVER);
        finds("input.no-spares");
    }
}
