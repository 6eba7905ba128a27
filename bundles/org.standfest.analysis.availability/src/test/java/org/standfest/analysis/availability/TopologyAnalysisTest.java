package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.availability.AnalysisRequest.Supposition;
import org.standfest.analysis.availability.AnalysisResult.Quality;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.Improvement.Kind;
import org.standfest.analysis.availability.ServiceObjectives.Objective;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.results.Outcome;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.Element;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.Link;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;

class TopologyAnalysisTest {

    private final TopologyFactory factory = TopologyFactory.eINSTANCE;
    private final Topology topology = factory.createTopology();
    private int ids;

    private <T extends Element> T named(T element, String name) {
        element.setId(new UUID(9, ++ids).toString());
        element.setName(name);
        return element;
    }

    private FailureData figures(double mtbf, double mttr) {
        FailureData data = named(factory.createFailureData(), "figures");
        data.setMtbfHours(mtbf);
        data.setMttrHours(mttr);
        topology.getFailureData().add(data);
        return data;
    }

    private Service needs(Component target) {
        Service service = named(factory.createService(), "service");
        Dependency dependency = named(factory.createDependency(), "d");
        dependency.getTargets().add(target);
        service.getDependencies().add(dependency);
        topology.getServices().add(service);
        return service;
    }

    private static Outcome<AnalysisResult> run(Topology topology, AnalysisRequest request) {
        return TopologyAnalysis.run(topology, request, InstantSource.system(), Watcher.patient());
    }

    private AnalysisResult everything() {
        return run(topology, AnalysisRequest.everything()).orThrow();
    }

    /** A server with a standby of the other site; three of fifteen minutes are on the line. */
    private Service replicated(int changedMiBPerHour) {
        Site here = named(factory.createSite(), "here");
        Site there = named(factory.createSite(), "there");
        topology.getSites().addAll(List.of(here, there));
        PhysicalServer server = named(factory.createPhysicalServer(), "server");
        server.setFailureData(figures(2000, 10));
        server.setChangedMiBPerHour(changedMiBPerHour);
        here.getServers().add(server);
        Host standby = named(factory.createHost(), "standby");
        there.getHosts().add(standby);
        Link link = named(factory.createLink(), "line");
        link.setFirstSite(here);
        link.setSecondSite(there);
        link.setBandwidthMbps(10);
        link.setReplicationPercent(50);
        topology.getLinks().add(link);
        var pool = named(factory.createImagePool(), "pool");
        pool.setStandby(standby);
        topology.getImagePools().add(pool);
        var protection = named(factory.createStandbyProtection(), "protection");
        protection.setImagePool(pool);
        protection.setLink(link);
        protection.setIntervalSeconds(900);
        protection.setTakeoverSeconds(480);
        protection.setCoverage(0.97);
        protection.getWorkloads().add(server);
        topology.getProtections().add(protection);
        Service service = needs(server);
        service.setRpoSeconds(630);
        service.setRtoSeconds(600);
        service.setMtpdSeconds(86_400);
        return service;
    }

    @Test
    void theAgeOfACopyIsUniformBetweenTheTransferAndTheNextOne() {
        // 180 s at 5 Mbit/s for a quarter of an hour.
        Service service = replicated((int) Math.round(180 * 5 / 8.388608 * 4));
        ServiceObjectives found = everything().objectivesOf(service.getId()).orElseThrow();
        assertEquals(630, found.dataLoss().orElseThrow().mean(), 1);
        assertEquals(630, found.dataLoss().orElseThrow().median(), 1);
        assertEquals(1035, found.dataLoss().orElseThrow().ninetyFive(), 2);
        assertEquals(1071, found.dataLoss().orElseThrow().ninetyNine(), 2);
        Objective rpo = objective(found, ServiceObjectives.Kind.RPO);
        assertEquals(0.5, rpo.missed(), 0.002);
        assertTrue(rpo.missed() >= rpo.missedAtLeast());
        assertTrue(rpo.missesPerYear() > 0);
        assertFalse(found.unboundedLoss());
    }

    private static Objective objective(ServiceObjectives all, ServiceObjectives.Kind kind) {
        return all.objectives().stream().filter(it -> it.kind() == kind).findFirst().orElseThrow();
    }

    @Test
    void aLineThatIsTooSlowIsToldAndMissesEveryPointObjective() {
        Service service = replicated(10_000);
        ServiceObjectives found = everything().objectivesOf(service.getId()).orElseThrow();
        assertTrue(found.unboundedLoss());
        assertEquals(1, objective(found, ServiceObjectives.Kind.RPO).missed());
    }

    @Test
    void aTakeoverKeepsMostTimesAndARepairMissesThem() {
        Service service = replicated(100);
        ServiceObjectives found = everything().objectivesOf(service.getId()).orElseThrow();
        Objective rto = objective(found, ServiceObjectives.Kind.RTO);
        Objective mtpd = objective(found, ServiceObjectives.Kind.MTPD);
        // Triangular from 4 to 12 minutes, ten are kept in seven of eight cases.
        assertEquals(0.97 / 8 + 0.03, rto.missed(), 0.03);
        assertTrue(mtpd.missed() < rto.missed());
        assertEquals(rto.missed() * found.outagesPerYear(), rto.missesPerYear(), 1e-12);
        double mean = found.outageHours().orElseThrow().mean();
        double exact =
                everything()
                        .availability()
                        .services()
                        .getFirst()
                        .renewal()
                        .orElseThrow()
                        .meanDownTimeHours();
        assertEquals(exact, mean, 0.02 * exact);
    }

    @Test
    void aSingleRepairIsExponential() {
        PhysicalServer server = named(factory.createPhysicalServer(), "server");
        server.setFailureData(figures(1000, 4));
        Service service = needs(server);
        service.setRtoSeconds(4 * 3600);
        AnalysisRequest request =
                new AnalysisRequest(
                        new Assumptions(perfectSystems(), 0, 1, 24, 12),
                        Optional.empty(),
                        5,
                        0,
                        1,
                        List.of(),
                        Set.of(AnalysisRequest.Part.OBJECTIVES));
        ServiceObjectives found =
                run(topology, request).orThrow().objectivesOf(service.getId()).orElseThrow();
        assertEquals(Math.exp(-1), objective(found, ServiceObjectives.Kind.RTO).missed(), 1e-9);
        assertEquals(4 * 3600 * Math.log(2), found.outage().median(), 0.1);
        assertEquals(List.of("server"), found.noCopy());
        assertEquals(8760 / 1004.0, found.outagesPerYear(), 1e-9);
    }

    private static ComponentDefaults perfectSystems() {
        return ComponentDefaults.delivered()
                .with(
                        new ComponentDefault(
                                "operating-system",
                                "",
                                "",
                                1e60,
                                1e-9,
                                org.standfest.topology.Confidence.ASSUMED,
                                ""));
    }

    @Test
    void aSiteLossIsConditioningOnIt() {
        Service service = replicated(100);
        AnalysisResult result = everything();
        SiteLoss here =
                result.siteLosses().stream()
                        .filter(it -> it.siteName().equals("here"))
                        .findFirst()
                        .orElseThrow();
        // The standby at the other site goes on.
        assertTrue(here.lost().isEmpty());
        AnalysisRequest request =
                new AnalysisRequest(
                        Assumptions.standard(),
                        Optional.of("service"),
                        5,
                        0,
                        1,
                        List.of(new Supposition("here", false)),
                        Set.of());
        AnalysisResult supposed = run(topology, request).orThrow();
        Goal goal = result.availability().service(service.getId()).orElseThrow().goal();
        double during = here.services().get(goal);
        assertEquals(during, supposed.whatIf().orElseThrow().unavailability().get(goal), 1e-15);
        double normally = result.availability().services().getFirst().unavailability();
        assertTrue(during > normally && during < 0.5);
    }

    @Test
    void anImprovementIsWorthWhatAnAnalysisOfTheImprovedFiguresSays() {
        var network = named(factory.createNetwork(), "network");
        network.setFailureData(figures(1000, 8));
        topology.getNetworks().add(network);
        Service service = needs(network);
        service.setUsers(10);
        AnalysisResult result = everything();
        double before = result.availability().services().getFirst().unavailability();
        Improvement twin =
                result.improvements().stream()
                        .filter(it -> it.kind() == Kind.SECOND_SWITCH)
                        .findFirst()
                        .orElseThrow();
        double after = before * before + 0.01 * before;
        double minutes = (before - after) * 8760 * 60;
        assertEquals(minutes, twin.minutesAvoidedPerYear(), 1e-9 * minutes);
        assertEquals(minutes / 60 * 10, twin.userHoursAvoidedPerYear(), 1e-9 * minutes);
        assertEquals(minutes / twin.euroPerYear(), twin.minutesPerEuro(), 1e-12 * minutes);
        assertTrue(twin.costAssumed());
        assertTrue(result.improvements().stream().anyMatch(it -> it.kind() == Kind.SPARE_PART));
        double last = Double.POSITIVE_INFINITY;
        for (Improvement it : result.improvements()) {
            assertTrue(it.minutesPerEuro() <= last);
            last = it.minutesPerEuro();
        }
    }

    @Test
    void whatIsNotExactSaysSo() {
        Service service = replicated(100);
        AnalysisResult result = everything();
        ServiceAvailability found = result.availability().service(service.getId()).orElseThrow();
        Quality quality = result.quality(found);
        assertEquals(Quality.Kind.ESTIMATE, quality.kind());
        assertTrue(quality.relativeError() > 0 && quality.relativeError() < 0.01);
        assertTrue(quality.defaultShare() > 0);
        assertTrue(result.siteRatings().values().stream().allMatch(it -> it.size() == 2));
        assertTrue(result.capacity().isPresent());
        assertEquals(1, result.licences().size());
        assertEquals(1, result.licences().getFirst().missing());
    }

    @Test
    void whatIsCancelledHasWhatWasDone() {
        Topology large = SyntheticLandscape.of(200, 3);
        int[] done = {0};
        AnalysisResult result =
                TopologyAnalysis.run(
                                large,
                                AnalysisRequest.everything(),
                                InstantSource.system(),
                                new Watcher() {
                                    @Override
                                    public boolean cancelled() {
                                        return done[0] >= 3;
                                    }

                                    @Override
                                    public void progress(int finished, int of) {
                                        done[0] = finished;
                                    }
                                })
                        .orThrow();
        assertFalse(result.complete());
        assertEquals(3, result.availability().services().size());
        assertTrue(result.improvements().isEmpty());
    }

    @Test
    void unknownNamesAreRefused() {
        replicated(100);
        AnalysisRequest nobody =
                new AnalysisRequest(
                        Assumptions.standard(),
                        Optional.of("nobody"),
                        5,
                        0,
                        1,
                        List.of(),
                        Set.of());
        assertTrue(run(topology, nobody) instanceof Outcome.Refused<AnalysisResult>);
    }

    @Test
    void everyRoleAndImprovementHasAName() throws IOException {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            for (Kind kind : Kind.values()) {
                assertFalse(UnitNames.name(kind, locale).contains("!"), kind.name());
                assertTrue(CostDefaults.delivered().euroPerYear(kind) > 0);
            }
            for (Unit.Role role : Unit.Role.values()) {
                Unit unit =
                        new Unit(
                                0,
                                "",
                                "",
                                "x",
                                role,
                                0,
                                1,
                                0,
                                org.standfest.topology.Confidence.ASSUMED,
                                "",
                                false);
                assertFalse(UnitNames.name(unit, locale).contains("!"), role.name());
            }
        }
        assertEquals(texts("messages.properties"), texts("messages_de.properties"));
    }

    private static Set<String> texts(String file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        TopologyAnalysis.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return Set.copyOf(texts.stringPropertyNames());
    }

    @Test
    void theSameRequestGivesTheSameBands() {
        replicated(100);
        AnalysisRequest request = AnalysisRequest.everything().withDraws(100);
        Map<Goal, UncertaintyBand> first = run(topology, request).orThrow().bands();
        assertFalse(first.isEmpty());
        assertEquals(first, run(topology, request).orThrow().bands());
    }
}
