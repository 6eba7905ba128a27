package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.analysis.markov.SteadyState;
import org.standfest.analysis.markov.groups.StandbyGroup;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Machine;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.VirtualMachine;

import java.util.ArrayList;
import java.util.List;

/** Groups that wait for the same people, systems that need the same standby. */
class SharedPeopleAndPlacesTest {

    private final Drawing drawing = new Drawing();

    /** A guest on two of the hosts. */
    private Service pair(Host first, Host second) {
        var cluster = drawing.named(Drawing.MAKE.createFailoverCluster());
        cluster.getHosts().addAll(List.of(first, second));
        VirtualMachine guest = drawing.guest(first);
        cluster.getWorkloads().add(guest);
        drawing.topology.getProtections().add(cluster);
        return drawing.needs(1, guest);
    }

    /**
     * Units repaired in the order of failure: the share of time in which the first two are down.
     */
    private static double firstTwoDown(int units, double mttf, double mttr, int crews) {
        StateSpace<List<Integer>> space =
                StateSpace.explore(
                        List.of(),
                        (failed, moves) -> {
                            for (int unit = 0; unit < units; unit++) {
                                if (!failed.contains(unit)) {
                                    List<Integer> more = new ArrayList<>(failed);
                                    more.add(unit);
                                    moves.to(List.copyOf(more), 1 / mttf);
                                }
                            }
                            for (int i = 0; i < Math.min(crews, failed.size()); i++) {
                                List<Integer> fewer = new ArrayList<>(failed);
                                fewer.remove(i);
                                moves.to(List.copyOf(fewer), 1 / mttr);
                            }
                        },
                        100_000);
        return SteadyState.of(space.chain(), Effort.STANDARD)
                .of(space.where(failed -> failed.contains(0) && failed.contains(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void groupsThatShareTheirPeopleAreTheChainOfAllMachines(int crews) {
        Site site = drawing.site("s");
        FailureData same = drawing.figures(500, 20);
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            hosts.add(drawing.host(site, same));
        }
        Service first = pair(hosts.get(0), hosts.get(1));
        pair(hosts.get(2), hosts.get(3));
        double exact = firstTwoDown(6, 500, 20, crews);
        double found = drawing.unavailability(first, Drawing.plain(crews));
        assertEquals(exact, found, 1e-12 * exact);
        double apart = Math.pow(20.0 / 520, 2);
        assertTrue(found > apart * (1 + 1e-6));
    }

    @Test
    void peopleWithNothingElseToDoAreTheGroupsOwn() {
        Site site = drawing.site("s");
        FailureData good = drawing.figures(1e9, 1);
        Host first = drawing.host(site, good);
        Host second = drawing.host(site, good);
        Service service = pair(first, second);
        for (int i = 0; i < 10; i++) {
            drawing.host(site, good);
        }
        assertFalse(
                drawing.analysed(Drawing.plain(2)).takeovers().stream()
                        .anyMatch(it -> it.model().equals("SharedCrewGroup")));
        assertEquals(1e-18, drawing.unavailability(service, Drawing.plain(2)), 1e-26);
    }

    private StandbyProtection standby(ImagePool pool, PhysicalServer server, int priority) {
        StandbyProtection protection = drawing.named(Drawing.MAKE.createStandbyProtection());
        protection.setImagePool(pool);
        protection.setPriority(priority);
        protection.getWorkloads().add(server);
        drawing.topology.getProtections().add(protection);
        return protection;
    }

    private ImagePool pool(Machine standby, int atOnce) {
        ImagePool pool = drawing.named(Drawing.MAKE.createImagePool());
        pool.setStandby(standby);
        pool.setParallelActivations(atOnce);
        drawing.topology.getImagePools().add(pool);
        return pool;
    }

    private PhysicalServer server(Site site, FailureData data) {
        PhysicalServer server = drawing.named(Drawing.MAKE.createPhysicalServer());
        server.setFailureData(data);
        site.getServers().add(server);
        return server;
    }

    @Test
    void whoComesLastWaitsUntilThereIsAPlaceOnTheStandby() {
        Site site = drawing.site("s");
        FailureData data = drawing.figures(1000, 50);
        double u = 50.0 / 1050;
        ImagePool pool = pool(drawing.host(site, drawing.perfect()), 2);
        List<Service> services = new ArrayList<>();
        int[] priorities = {3, 0, 1, 2};
        for (int priority : priorities) {
            PhysicalServer server = server(site, data);
            standby(pool, server, priority);
            services.add(drawing.needs(1, server));
        }
        Assumptions plain = Drawing.plain(9);
        // The first two by priority always have a place.
        assertEquals(0, drawing.unavailability(services.get(2), plain), 1e-60);
        assertEquals(0, drawing.unavailability(services.get(3), plain), 1e-60);
        double third = u * u * u;
        assertEquals(third, drawing.unavailability(services.get(0), plain), 1e-12 * third);
        double twoOfThree = 3 * u * u * (1 - u) + third;
        double fourth = u * twoOfThree;
        assertEquals(fourth, drawing.unavailability(services.get(1), plain), 1e-12 * fourth);
        pool.setParallelActivations(4);
        assertEquals(0, drawing.unavailability(services.get(1), plain), 1e-60);
        pool.setParallelActivations(0);
        assertEquals(u, drawing.unavailability(services.get(2), plain), 1e-12 * u);
    }

    @Test
    void aLostSiteLeavesAsManySystemsAsTheStandbyRuns() {
        Site here = drawing.site("here");
        Site there = drawing.site("there");
        here.setFailureData(drawing.figures(1e5, 100));
        ImagePool pool = pool(drawing.host(there, drawing.perfect()), 2);
        for (int i = 1; i <= 5; i++) {
            PhysicalServer server = server(here, drawing.perfect());
            standby(pool, server, i);
            drawing.needs(1, server);
        }
        SiteLoss loss =
                drawing.analysed(Drawing.plain(2)).siteLosses().stream()
                        .filter(it -> it.siteName().equals("here"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(3, loss.lost().size());
    }

    /** A standby that may fail to start: the whole way is the chain. */
    @Test
    void aStandbyThatMayFailToStartIsTheChainOfTheGroup() {
        Site site = drawing.site("s");
        FailureData same = drawing.figures(2000, 10);
        PhysicalServer server = server(site, same);
        StandbyProtection protection = standby(pool(drawing.host(site, same), 1), server, 0);
        protection.setCoverage(0.9);
        protection.setTakeoverSeconds(600);
        Service service = drawing.needs(1, server);
        double chain =
                new StandbyGroup(1, 1, 2000, 10, 1, 2, 0.1, 1 / 6.0)
                        .solve()
                        .orThrow()
                        .unavailability();
        assertEquals(chain, drawing.unavailability(service, Drawing.plain(2)), 1e-12 * chain);
    }

    /** A standby with nothing else to do: its figures are those of a machine that waits. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.25, 1e-6})
    void aWarmOrColdStandbyIsTheChainOfTheGroup(double dormancy) {
        Site site = drawing.site("s");
        PhysicalServer server = server(site, drawing.figures(2000, 10));
        Host waiting = drawing.host(site, drawing.figures(2000 / dormancy, 10));
        StandbyProtection protection = standby(pool(waiting, 1), server, 0);
        protection.setCoverage(0.9);
        protection.setTakeoverSeconds(600);
        Service service = drawing.needs(1, server);
        GroupAvailability chain =
                new StandbyGroup(1, 1, 2000, 10, dormancy, 2, 0.1, 1 / 6.0).solve().orThrow();
        AnalysisResult found = drawing.analysed(Drawing.plain(2));
        ServiceAvailability answer = found.availability().service(service.getId()).orElseThrow();
        double u = chain.unavailability();
        double often = chain.failureFrequencyPerHour();
        assertEquals(u, answer.unavailability(), 1e-12 * u);
        assertEquals(often, answer.renewal().orElseThrow().failuresPerHour(), 1e-12 * often);
        assertEquals(
                dormancy < 0.01 ? "StandbyGroup, cold" : "StandbyGroup, warm",
                found.takeovers().getFirst().model());
        // With guests of its own it serves: another machine, not one that waits.
        drawing.guest(waiting);
        assertEquals("demand", drawing.analysed(Drawing.plain(2)).takeovers().getFirst().model());
    }

    /** Whoever waits for people is still what it is: the pair waits alike and keeps its chain. */
    @Test
    void aWarmStandbyKeepsItsChainWhereAllWaitForOnePerson() {
        Site site = drawing.site("s");
        PhysicalServer server = server(site, drawing.figures(2000, 10));
        Host waiting = drawing.host(site, drawing.figures(8000, 10));
        server(site, drawing.figures(1000, 50));
        StandbyProtection protection = standby(pool(waiting, 1), server, 0);
        protection.setTakeoverSeconds(600);
        Service service = drawing.needs(1, server);
        drawing.topology.setItStaff(1);
        AnalysisResult found = drawing.analysed(Drawing.plain(0));
        assertEquals("StandbyGroup, warm", found.takeovers().getFirst().model());
        double waited =
                found.availability().service(service.getId()).orElseThrow().unavailability();
        drawing.topology.setItStaff(3);
        assertTrue(drawing.unavailability(service, Drawing.plain(0)) < waited);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aSingleMachineWaitsForThosePeopleWhoAreWithOthers(int crews) {
        Site site = drawing.site("s");
        FailureData same = drawing.figures(500, 20);
        Service service = drawing.needs(1, server(site, same));
        for (int i = 0; i < 5; i++) {
            drawing.host(site, same);
        }
        StateSpace<Integer> failed =
                StateSpace.explore(
                        0,
                        (down, moves) -> {
                            moves.to(down + 1, (6 - down) / 500.0);
                            moves.to(down - 1, Math.min(crews, down) / 20.0);
                        },
                        10);
        double[] probability = SteadyState.of(failed.chain(), Effort.STANDARD).probability();
        double exact = 0;
        for (int i = 0; i < probability.length; i++) {
            exact += probability[i] * failed.states().get(i) / 6;
        }
        double found = drawing.unavailability(service, Drawing.plain(crews));
        assertEquals(exact, found, 1e-12 * exact);
        assertTrue(found > 20.0 / 520 * (1 + 1e-5));
        assertEquals(20.0 / 520, drawing.unavailability(service, Drawing.plain(6)), 1e-15);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mirroringThatDoesNotWaitLosesWhatTheLineHasNotShipped(boolean synchronous) {
        Site here = drawing.site("here");
        Site there = drawing.site("there");
        here.setFailureData(drawing.figures(1e5, 100));
        PhysicalServer server = server(here, drawing.figures(1e4, 5));
        server.setChangedMiBPerHour(1000);
        // A quarter more in the busiest hour than the line ships: it lags by a quarter of an hour.
        double mbps = 2000 * 8.388608 / 3600;
        server.setPeakChangedMiBPerHour(2500);
        var link = drawing.named(Drawing.MAKE.createLink());
        link.setFirstSite(here);
        link.setSecondSite(there);
        link.setBandwidthMbps(mbps);
        link.setReplicationPercent(100);
        drawing.topology.getLinks().add(link);
        var sites = drawing.named(Drawing.MAKE.createMirroredSites());
        sites.setFirstSite(here);
        sites.setSecondSite(there);
        sites.setLink(link);
        sites.setSynchronous(synchronous);
        sites.getWorkloads().add(server);
        drawing.topology.getProtections().add(sites);
        Service service = drawing.needs(1, server);
        service.setRpoSeconds(450);
        ServiceObjectives found =
                drawing.analysed(Drawing.plain(2)).objectivesOf(service.getId()).orElseThrow();
        assertTrue(found.noCopy().isEmpty());
        assertEquals(synchronous ? 0 : 450, found.dataLoss().orElseThrow().median(), 2);
        double missed =
                found.objectives().stream()
                        .filter(it -> it.kind() == ServiceObjectives.Kind.RPO)
                        .findFirst()
                        .orElseThrow()
                        .missed();
        assertEquals(synchronous ? 0 : 0.5, missed, 0.01);
        server.setChangedMiBPerHour(3000);
        boolean endless =
                drawing.analysed(Drawing.plain(2))
                        .objectivesOf(service.getId())
                        .orElseThrow()
                        .unboundedLoss();
        assertEquals(!synchronous, endless);
    }
}
