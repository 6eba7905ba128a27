package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.standfest.analysis.availability.TakeoverResult.Method;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.topology.ActivationPlace;
import org.standfest.topology.ClusterManager;
import org.standfest.topology.Component;
import org.standfest.topology.Confidence;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Element;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The closed forms, drawn as topologies: the whole way from protection to answer has 12 digits. */
class GroupsInTopologiesTest {

    private static final double DIGITS = 1e-12;

    private final TopologyFactory factory = TopologyFactory.eINSTANCE;
    private Topology topology = factory.createTopology();
    private int ids;

    /** A topology with its answer. */
    private record Answer(ServiceAvailability service, List<TakeoverResult> takeovers) {}

    private <T extends Element> T named(T element) {
        element.setId(new UUID(7, ++ids).toString());
        element.setName("n" + ids);
        return element;
    }

    private FailureData figures(double mtbf, double mttr) {
        FailureData data = named(factory.createFailureData());
        data.setMtbfHours(mtbf);
        data.setMttrHours(mttr);
        topology.getFailureData().add(data);
        return data;
    }

    private FailureData perfect() {
        return figures(1e80, 1e-9);
    }

    private Site site() {
        Site site = named(factory.createSite());
        site.setFailureData(perfect());
        topology.getSites().add(site);
        return site;
    }

    private static Assumptions assumptions(
            double beta, double manual, double dormantMtbf, double test, int crews) {
        ComponentDefaults defaults = ComponentDefaults.delivered();
        for (String perfect : List.of("hypervisor", "operating-system")) {
            defaults =
                    defaults.with(
                            new ComponentDefault(
                                    perfect, "", "", 1e80, 1e-9, Confidence.ASSUMED, ""));
        }
        defaults =
                defaults.with(
                        new ComponentDefault(
                                "standby.dormant", "", "", dormantMtbf, 1, Confidence.ASSUMED, ""));
        return new Assumptions(defaults, beta, manual, test, 12, crews);
    }

    private Service needs(Component... targets) {
        Service service = named(factory.createService());
        Dependency dependency = named(factory.createDependency());
        dependency.setKind(DependencyKind.ALL_OF);
        dependency.getTargets().addAll(List.of(targets));
        service.getDependencies().add(dependency);
        topology.getServices().add(service);
        return service;
    }

    private Answer answer(Service service, Assumptions assumptions) {
        AvailabilityAnalyzer analyzer =
                new AvailabilityAnalyzer(
                        assumptions, 5, SolveLimits.STANDARD, InstantSource.system());
        ServiceAvailability found =
                analyzer.analyse(topology, Watcher.patient())
                        .service(service.getId())
                        .orElseThrow();
        return new Answer(found, analyzer.takeovers());
    }

    /** A guest on a cluster of equal hosts. */
    private Service cluster(int needed, int hosts, double mtbf, double mttr) {
        topology = factory.createTopology();
        Site site = site();
        FailoverCluster cluster = named(factory.createFailoverCluster());
        FailureData same = figures(mtbf, mttr);
        for (int i = 0; i < hosts; i++) {
            Host host = named(factory.createHost());
            host.setFailureData(same);
            site.getHosts().add(host);
            cluster.getHosts().add(host);
        }
        VirtualMachine guest = named(factory.createVirtualMachine());
        guest.setHost(cluster.getHosts().getFirst());
        guest.setFailureData(perfect());
        topology.getVirtualMachines().add(guest);
        cluster.getWorkloads().add(guest);
        cluster.setMinimumHosts(needed);
        topology.getProtections().add(cluster);
        return needs(guest);
    }

    private Answer kOutOfN(int needed, int hosts, double mtbf, double mttr, int crews) {
        return answer(cluster(needed, hosts, mtbf, mttr), assumptions(0, 1, 1e80, 24, crews));
    }

    private Answer failover(
            double mtbf, double mttr, int seconds, double coverage, double manual, int crews) {
        Service service = cluster(1, 2, mtbf, mttr);
        topology.getProtections().getFirst().setTakeoverSeconds(seconds);
        topology.getProtections().getFirst().setCoverage(coverage);
        return answer(service, assumptions(0, manual, 1e80, 24, crews));
    }

    private Answer commonCause(double mtbf, double mttr, double beta) {
        return answer(cluster(1, 2, mtbf, mttr), assumptions(beta, 1, 1e80, 24, 1));
    }

    /** A server whose images start on a spare server at once. */
    private Answer coldSpares(int spares, double mtbf, double mttr, int crews) {
        Service service = onSpares(spares, mtbf, mttr);
        return answer(service, assumptions(0, 1, 1e80, 1e-60, crews));
    }

    private Service onSpares(int spares, double mtbf, double mttr) {
        topology = factory.createTopology();
        Site site = site();
        PhysicalServer server = named(factory.createPhysicalServer());
        server.setFailureData(figures(mtbf, mttr));
        Host standby = named(factory.createHost());
        standby.setFailureData(perfect());
        site.getServers().add(server);
        site.getHosts().add(standby);
        var pool = named(factory.createImagePool());
        pool.setStandby(standby);
        topology.getImagePools().add(pool);
        var shelf = named(factory.createSparePool());
        var spare = named(factory.createSpare());
        spare.setCount(spares);
        shelf.getSpares().add(spare);
        shelf.getWorkloads().add(server);
        topology.getSparePools().add(shelf);
        var protection = named(factory.createStandbyProtection());
        protection.setImagePool(pool);
        protection.setSparePool(shelf);
        protection.getActivations().add(ActivationPlace.SPARE_SERVER);
        protection.getWorkloads().add(server);
        topology.getProtections().add(protection);
        return needs(server);
    }

    /** Hosts that are all needed, spare ones on the shelf that boot in their place. */
    private Answer spareHosts(
            int hosts, int spares, double mtbf, double mttr, double boot, int crews) {
        Service service = cluster(hosts, hosts, mtbf, mttr);
        var shelf = named(factory.createSparePool());
        var spare = named(factory.createSpare());
        spare.setCount(spares);
        shelf.getSpares().add(spare);
        shelf.setDeliveryHours(boot);
        shelf.getWorkloads().addAll(topology.getVirtualMachines());
        topology.getSparePools().add(shelf);
        return answer(service, assumptions(0, 1, 1e80, 24, crews));
    }

    private Answer erlang(double mtbf, double mttr, int stages) {
        return answer(
                cluster(1, 2, mtbf, mttr), assumptions(0, 1, 1e80, 24, 1).withRepairStages(stages));
    }

    private Map<String, Supplier<Answer>> drawn() {
        Map<String, Supplier<Answer>> drawn = new HashMap<>();
        drawn.put("CF01", () -> kOutOfN(1, 1, 2000, 4, 1));
        drawn.put("CF02b", () -> kOutOfN(1, 2, 1000, 8, 1));
        drawn.put("CF03b", () -> kOutOfN(2, 3, 5000, 24, 1));
        drawn.put("CF04b", () -> kOutOfN(3, 5, 8760, 12, 2));
        drawn.put("CF05", () -> kOutOfN(7, 8, 4380, 6, 1));
        drawn.put("CF07", () -> kOutOfN(90, 100, 20000, 24, 4));
        drawn.put("CF11a", () -> failover(5000, 4, 60, 0.99, 0.5, 1));
        drawn.put("CF11c", () -> failover(2000, 8, 30, 0.95, 1, 2));
        drawn.put("CF12a", () -> coldSpares(1, 1000, 10, 1));
        drawn.put("CF12e", () -> kOutOfN(1, 2, 1000, 10, 1));
        drawn.put("CF13b", () -> coldSpares(3, 500, 20, 2));
        drawn.put("CF15a", () -> kOutOfN(1, 2, 1000, 8, 1));
        drawn.put("CF15c", () -> erlang(1000, 8, 4));
        drawn.put("CF19a", () -> spareHosts(4, 1, 2000, 12, 1 / 12.0, 1));
        drawn.put("CF17a", () -> commonCause(10000, 10, 0));
        drawn.put("CF17c", () -> commonCause(10000, 10, 0.05));
        return drawn;
    }

    private static List<String> columns(String line) {
        List<String> columns = new ArrayList<>();
        boolean quoted = false;
        StringBuilder column = new StringBuilder();
        for (char c : line.toCharArray()) {
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                columns.add(column.toString());
                column.setLength(0);
            } else if (c != '"') {
                column.append(c);
            }
        }
        columns.add(column.toString());
        return columns;
    }

    @TestFactory
    Stream<DynamicTest> aDrawnGroupHasTwelveDigitsOfTheClosedForm() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Map<String, Supplier<Answer>> drawn = drawn();
        try (InputStream in = getClass().getResourceAsStream("/closed-forms.csv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(GroupsInTopologiesTest::columns)
                    .filter(row -> drawn.containsKey(row.get(0)))
                    .forEach(
                            row ->
                                    tests.add(
                                            dynamicTest(
                                                    row.get(0),
                                                    () -> check(row, drawn.get(row.get(0))))));
        }
        assertEquals(drawn.size(), tests.size());
        return tests.stream();
    }

    private static void check(List<String> row, Supplier<Answer> drawn) {
        ServiceAvailability found = drawn.get().service();
        double unavailability = Double.parseDouble(row.get(4));
        double frequency = Double.parseDouble(row.get(6));
        assertEquals(unavailability, found.unavailability(), DIGITS * unavailability, "U");
        assertEquals(
                frequency,
                found.renewal().orElseThrow().failuresPerHour(),
                DIGITS * frequency,
                "frequency");
    }

    @Test
    void aHiddenFailureOfTheStandbyCountsByTheIntervalOfItsTests() {
        Service service = onSpares(1, 1000, 10);
        Assumptions often = assumptions(0, 1, 1e4, 730, 1);
        AvailabilityAnalyzer analyzer =
                new AvailabilityAnalyzer(often, 5, SolveLimits.STANDARD, InstantSource.system());
        AvailabilityReport report = analyzer.analyse(topology, Watcher.patient());
        Unit dormant =
                report.units().stream()
                        .filter(it -> it.role() == Unit.Role.DORMANT)
                        .findFirst()
                        .orElseThrow();
        assertEquals(0.0356278085725029226, dormant.unavailability(), 1e-12 * 0.0356);
        double seldom = report.service(service.getId()).orElseThrow().unavailability();
        double weekly = answer(service, assumptions(0, 1, 1e4, 168, 1)).service().unavailability();
        assertTrue(weekly < seldom);
    }

    @Test
    void aStretchedClusterNeedsAMajorityOfThreeVotes() {
        double up = 0.999799375377726238;
        Service service = cluster(1, 2, up, 1 - up);
        FailoverCluster cluster = (FailoverCluster) topology.getProtections().getFirst();
        Host witness = named(factory.createHost());
        witness.setFailureData(figures(0.999, 0.001));
        cluster.getHosts().getFirst().getSite().getHosts().add(witness);
        cluster.setWitness(witness);
        cluster.setAutomatic(true);
        cluster.setManager(ClusterManager.PACEMAKER);
        double found = answer(service, assumptions(0, 1, 1e80, 24, 2)).service().unavailability();
        assertEquals(1, found / 4.41418983131888592e-7, 1e-11);
    }

    @Test
    void fewerCrewsNeverHelpAndAreNamed() {
        double before = 0;
        for (int crews = 4; crews >= 1; crews--) {
            Answer answer = kOutOfN(3, 4, 1000, 24, crews);
            assertTrue(answer.service().unavailability() > before, crews + " crews");
            before = answer.service().unavailability();
            assertEquals(
                    crews < 4,
                    answer.takeovers().stream()
                            .anyMatch(
                                    it ->
                                            it.model().equals("KOutOfN")
                                                    && it.method() == Method.CHAIN));
        }
    }

    @Test
    void aWindowOfResynchronisationCostsWhatTheChainSays() {
        double with = mirrored(1000);
        double without = mirrored(0);
        double chain =
                new org.standfest.analysis.markov.groups.MirrorPair(
                                2000, 8, 1000 * 8.0 * (1 << 30) / 1e9 / 3600, 2)
                        .solve()
                        .orThrow()
                        .unavailability();
        assertEquals(1, with / chain, 1e-12);
        assertTrue(without < with);
    }

    private double mirrored(int usedGiB) {
        topology = factory.createTopology();
        Site site = site();
        FailureData same = figures(2000, 8);
        Host first = named(factory.createHost());
        Host second = named(factory.createHost());
        List.of(first, second).forEach(it -> it.setFailureData(same));
        site.getHosts().addAll(List.of(first, second));
        VirtualMachine guest = named(factory.createVirtualMachine());
        guest.setHost(first);
        guest.setFailureData(perfect());
        var disk = named(factory.createDisk());
        disk.setUsedGiB(usedGiB);
        guest.getDisks().add(disk);
        topology.getVirtualMachines().add(guest);
        var network = named(factory.createNetwork());
        network.setBandwidthMbps(1000);
        topology.getNetworks().add(network);
        var pair = named(factory.createMirrorPair());
        pair.setFirstHost(first);
        pair.setSecondHost(second);
        pair.setSyncNetwork(network);
        pair.getWorkloads().add(guest);
        topology.getProtections().add(pair);
        return answer(needs(guest), assumptions(0, 1, 1e80, 24, 2)).service().unavailability();
    }

    @Test
    void dataThatMakeNoSenseGiveFindingsOrDefaultsNeverExceptions() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            Answer answer = kOutOfN(2, 3, bad, 8, 1);
            double found = answer.service().unavailability();
            assertTrue(found >= 0 && found <= 1, bad + " gives " + found);
            Service service = cluster(3, 3, 1000, bad);
            topology.getProtections().getFirst().setCoverage(bad == 0 ? 1.5 : bad);
            AvailabilityReport report =
                    new AvailabilityAnalyzer(
                                    assumptions(0, 1, 1e80, 24, 1),
                                    5,
                                    SolveLimits.STANDARD,
                                    InstantSource.system())
                            .analyse(topology, Watcher.patient());
            found = report.service(service.getId()).orElseThrow().unavailability();
            assertTrue(found >= 0 && found <= 1, bad + " gives " + found);
            assertEquals(
                    List.of("input.figures", "input.coverage", "input.no-reserve"),
                    report.findings().stream().map(it -> it.explanation().code()).toList());
        }
    }
}
