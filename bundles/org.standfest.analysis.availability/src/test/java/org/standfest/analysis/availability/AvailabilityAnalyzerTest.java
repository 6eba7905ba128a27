package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.markov.groups.FailoverCluster;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Element;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.Link;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.PowerFeedKind;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class AvailabilityAnalyzerTest {

    private final TopologyFactory factory = TopologyFactory.eINSTANCE;
    private final Topology topology = factory.createTopology();
    private int ids;

    private <T extends Element> T named(T element, String name) {
        element.setName(name);
        element.setId(new UUID(0, ++ids).toString());
        return element;
    }

    private FailureData figures(double mtbf, double mttr) {
        FailureData data = named(factory.createFailureData(), "figures");
        data.setMtbfHours(mtbf);
        data.setMttrHours(mttr);
        topology.getFailureData().add(data);
        return data;
    }

    private Service service(String name, int required, Component... targets) {
        Service service = named(factory.createService(), name);
        Dependency dependency = named(factory.createDependency(), name);
        dependency.setKind(
                required == targets.length ? DependencyKind.ALL_OF : DependencyKind.SOME_OF);
        dependency.setRequiredCount(required);
        dependency.getTargets().addAll(List.of(targets));
        service.getDependencies().add(dependency);
        topology.getServices().add(service);
        return service;
    }

    private Storage storage(Site site, double mtbf, double mttr) {
        Storage storage = named(factory.createStorage(), "storage");
        storage.setFailureData(figures(mtbf, mttr));
        if (site != null) {
            site.getStorages().add(storage);
        }
        return storage;
    }

    private Site site(String name) {
        Site site = named(factory.createSite(), name);
        topology.getSites().add(site);
        return site;
    }

    private Link link(Site first, Site second, double mtbf, double mttr) {
        Link link = named(factory.createLink(), first.getName() + second.getName());
        link.setFirstSite(first);
        link.setSecondSite(second);
        link.setFailureData(figures(mtbf, mttr));
        topology.getLinks().add(link);
        return link;
    }

    private static AvailabilityAnalyzer analyzer(Assumptions assumptions) {
        return new AvailabilityAnalyzer(
                assumptions, 10, SolveLimits.STANDARD, InstantSource.system());
    }

    private AvailabilityReport report() {
        return analyzer(Assumptions.standard()).analyse(topology, Watcher.patient());
    }

    private double unavailability(Service service) {
        return report().service(service.getId()).orElseThrow().unavailability();
    }

    @Test
    void aSingleRepairableUnitIsTheClosedForm() {
        Service service = service("one", 1, storage(null, 2000, 4));
        ServiceAvailability result = report().service(service.getId()).orElseThrow();
        assertEquals(0.00199600798403193613, result.unavailability(), 1e-17);
        assertEquals(
                0.000499001996007984032, result.renewal().orElseThrow().failuresPerHour(), 1e-17);
        assertEquals(2000, result.renewal().orElseThrow().meanUpTimeHours(), 1e-9);
        assertEquals(4, result.renewal().orElseThrow().meanDownTimeHours(), 1e-12);
        assertEquals(List.of(0), result.singlePoints());
        assertEquals(0, result.assumedShare());
    }

    @Test
    void smallUnavailabilityKeepsItsDigits() {
        Service service =
                service(
                        "three",
                        1,
                        storage(null, 1e6, 4),
                        storage(null, 1e6, 4),
                        storage(null, 1e6, 4));
        double one = 4 / 1000004.0;
        assertEquals(1, unavailability(service) / (one * one * one), 1e-13);
    }

    @Test
    void severalOfSeveralAndServicesOfServicesAreMet() {
        Storage[] all = {storage(null, 1000, 10), storage(null, 1000, 10), storage(null, 1000, 10)};
        Service some = service("two of three", 2, all);
        Service above = service("above", 1, some);
        double u = 10 / 1010.0;
        double expected = 3 * u * u * (1 - u) + u * u * u;
        assertEquals(expected, unavailability(some), 1e-15);
        assertEquals(expected, unavailability(above), 1e-15);
    }

    @Test
    void linesWorkBothWaysAndAnyRouteIsGoodEnough() {
        Site a = site("a");
        Site b = site("b");
        Site c = site("c");
        a.setStaff(5);
        FailureData never = figures(1e15, 1e-6);
        List.of(a, b, c).forEach(it -> it.setFailureData(never));
        link(b, a, 100, 1);
        link(b, c, 200, 1);
        link(c, a, 300, 1);
        VirtualMachine guest = named(factory.createVirtualMachine(), "guest");
        Host host = named(factory.createHost(), "host");
        b.getHosts().add(host);
        guest.setHost(host);
        topology.getVirtualMachines().add(guest);
        Service service = service("s", 1, guest);
        AvailabilityReport report = report();
        double at = report.service(service.getId()).orElseThrow().unavailability();
        double from = report.service(service.getId(), a.getId()).orElseThrow().unavailability();
        double p = 1 / 201.0;
        double q = 1 / 301.0;
        double cut = 1 / 101.0 * (p + q - p * q);
        assertEquals(1 - (1 - at) * (1 - cut), from, 1e-12);
    }

    @Test
    void batteriesBridgeWhatIsShorterThanTheyLast() {
        Site site = site("a");
        site.setFailureData(figures(1e15, 1e-6));
        PowerFeed grid = named(factory.createPowerFeed(), "grid");
        grid.setFailureData(figures(1000, 2));
        PowerFeed ups = named(factory.createPowerFeed(), "ups");
        ups.setKind(PowerFeedKind.UPS);
        ups.setAutonomySeconds(7200);
        ups.setFailureData(figures(1e15, 1e-6));
        site.getPowerFeeds().addAll(List.of(grid, ups));
        Service bridged = service("bridged", 1, ups);
        Service bare = service("bare", 1, grid);
        double u = 2 / 1002.0;
        assertEquals(u * Math.exp(-1), unavailability(bridged), 1e-12);
        assertEquals(u, unavailability(bare), 1e-6);
    }

    @Test
    void aPairOfEqualHostsIsTheMarkovChainOfTheFailoverCluster() {
        Site site = site("a");
        site.setFailureData(figures(1e15, 1e-9));
        FailureData same = figures(2000, 8);
        Host first = named(factory.createHost(), "first");
        Host second = named(factory.createHost(), "second");
        List.of(first, second).forEach(it -> it.setFailureData(same));
        site.getHosts().addAll(List.of(first, second));
        VirtualMachine guest = named(factory.createVirtualMachine(), "guest");
        guest.setHost(first);
        guest.setFailureData(figures(1e15, 1e-9));
        topology.getVirtualMachines().add(guest);
        var cluster = named(factory.createFailoverCluster(), "cluster");
        cluster.getHosts().addAll(List.of(first, second));
        cluster.getWorkloads().add(guest);
        cluster.setTakeoverSeconds(60);
        cluster.setCoverage(0.95);
        topology.getProtections().add(cluster);
        Service service = service("s", 1, guest);
        ComponentDefaults perfect =
                ComponentDefaults.delivered()
                        .with(
                                new ComponentDefault(
                                        "hypervisor",
                                        "",
                                        "",
                                        1e15,
                                        1e-9,
                                        org.standfest.topology.Confidence.ASSUMED,
                                        ""));
        Assumptions assumptions = new Assumptions(perfect, 0, 1, 24, 12);
        double exact =
                new FailoverCluster(2000, 8, 1 / 60.0, 0.95, 1, 2)
                        .solve()
                        .orThrow()
                        .unavailability();
        double found =
                analyzer(assumptions)
                        .analyse(topology, Watcher.patient())
                        .service(service.getId())
                        .orElseThrow()
                        .unavailability();
        assertEquals(1, found / exact, 1e-4);
    }

    @Test
    void removingATargetIsConditioningOnItsLoss() {
        Storage[] all = {storage(null, 1000, 10), storage(null, 500, 10), storage(null, 700, 3)};
        Service service = service("s", 2, all);
        service.getDependencies().getFirst().setKind(DependencyKind.SOME_OF);
        AvailabilityAnalyzer analyzer = analyzer(Assumptions.standard());
        AvailabilityReport report = analyzer.analyse(topology, Watcher.patient());
        int unit =
                report.units().stream()
                        .filter(it -> it.elementId().equals(all[1].getId()))
                        .findFirst()
                        .orElseThrow()
                        .index();
        Goal goal = report.service(service.getId()).orElseThrow().goal();
        double conditioned = analyzer.whatIf(report, Map.of(unit, 1.0)).get(goal);
        double during = AvailabilityAnalyzer.during(report, unit).get(goal);
        service.getDependencies().getFirst().getTargets().remove(1);
        double removed = unavailability(service);
        assertEquals(1, conditioned / removed, 1e-14);
        assertEquals(1, during / removed, 1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 700})
    void anEditOfALandscapeGivesWhatAFreshAnalysisGives(int size) {
        Topology landscape = SyntheticLandscape.of(size, 5);
        AvailabilityAnalyzer analyzer = analyzer(Assumptions.standard());
        AvailabilityReport before = analyzer.analyse(landscape, Watcher.patient());
        Host host = landscape.getSites().getFirst().getHosts().getFirst();
        FailureData worse = named(factory.createFailureData(), "worse");
        worse.setMtbfHours(1000);
        worse.setMttrHours(50);
        host.setFailureData(worse);
        landscape.getServices().getLast().getDependencies().removeLast();
        AvailabilityReport after = analyzer.analyse(landscape, Watcher.patient());
        AvailabilityReport fresh =
                analyzer(Assumptions.standard()).analyse(landscape, Watcher.patient());
        Map<Goal, ServiceAvailability> old = new HashMap<>();
        before.services().forEach(it -> old.put(it.goal(), it));
        int kept = 0;
        for (int i = 0; i < fresh.services().size(); i++) {
            double expected = fresh.services().get(i).unavailability();
            assertEquals(1, after.services().get(i).unavailability() / expected, 1e-12);
            kept += old.get(after.services().get(i).goal()) == after.services().get(i) ? 1 : 0;
        }
        assertTrue(size == 100 || kept > 0);
        AvailabilityReport again = analyzer.analyse(landscape, Watcher.patient());
        assertSame(after.services().getFirst(), again.services().getFirst());
    }

    @Test
    void contradictionsGetFindingsNotExceptions() {
        Storage one = storage(null, 1000, 10);
        Service impossible = service("impossible", 3, one, one);
        Service first = service("first", 1, one);
        Service second = service("second", 1, first);
        first.getDependencies().getFirst().getTargets().add(second);
        Service nothing = named(factory.createService(), "nothing");
        topology.getServices().add(nothing);
        AvailabilityReport report = report();
        List<String> codes = report.findings().stream().map(it -> it.explanation().code()).toList();
        assertTrue(codes.contains("compile.impossible"), codes.toString());
        assertTrue(codes.contains("compile.circle"), codes.toString());
        assertTrue(codes.contains("compile.needs-nothing"), codes.toString());
        assertEquals(1, report.service(impossible.getId()).orElseThrow().unavailability());
        assertEquals(0, report.service(nothing.getId()).orElseThrow().unavailability());
    }

    @Test
    void whatIsCancelledGivesWhatItHas() {
        Topology landscape = SyntheticLandscape.of(300, 1);
        int[] asked = {0};
        AvailabilityReport report =
                analyzer(Assumptions.standard()).analyse(landscape, () -> ++asked[0] > 20);
        assertFalse(report.complete());
    }

    @Test
    void everyDefaultHasTwoNamesAndWhatHasNoSourceIsOnlyAssumed() {
        for (ComponentDefault it : ComponentDefaults.delivered().all()) {
            assertFalse(it.english().isBlank() || it.german().isBlank(), it.key());
            assertTrue(it.mtbfHours() > 0 && it.mttrHours() > 0, it.key());
            assertEquals(
                    !it.hasSource(),
                    it.confidence() == org.standfest.topology.Confidence.ASSUMED,
                    it.key());
        }
    }
}
