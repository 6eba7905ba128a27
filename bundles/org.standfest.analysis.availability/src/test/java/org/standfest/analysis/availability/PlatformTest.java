package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.PlatformResult.Question;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Questions to many services, and what happens beyond the limits. */
class PlatformTest {

    private static final int UNITS = 12;
    private static final SolveLimits TIGHT = new SolveLimits(40, Duration.ofSeconds(20), 1);

    /** Services as random k-of-n structures over twelve units, and all of their states. */
    private record Services(Formula formula, double[] p, List<ServiceAvailability> all) {

        static Services random(long seed) {
            Random random = new Random(seed);
            Formula formula = new Formula();
            double[] p = random.doubles(UNITS, 0, 0.1).toArray();
            List<ServiceAvailability> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int[] some = random.ints(2, 0, UNITS).map(formula::variable).toArray();
                int[] more = random.ints(4, 0, UNITS).map(formula::variable).toArray();
                int down = formula.or(formula.and(some), formula.atLeast(3, more));
                all.add(
                        new ServiceAvailability(
                                new Goal("s" + i, "s" + i, "", "", down),
                                Optional.empty(),
                                new Bounds(0, 1),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                0));
            }
            return new Services(formula, p, all);
        }

        private StructureFunction solved(int literal) {
            return new Solver(SolveLimits.STANDARD, InstantSource.system())
                    .solve(formula, literal, Watcher.patient())
                    .orThrow();
        }

        /** Each state by itself. */
        double enumerated(int atLeast) {
            List<StructureFunction> structures =
                    all.stream().map(it -> solved(it.goal().down())).toList();
            double sum = 0;
            for (int state = 0; state < 1 << UNITS; state++) {
                double[] fixed = new double[UNITS];
                double weight = 1;
                for (int i = 0; i < UNITS; i++) {
                    fixed[i] = state >> i & 1;
                    weight *= fixed[i] == 1 ? p[i] : 1 - p[i];
                }
                int down = 0;
                for (StructureFunction it : structures) {
                    down += it.probability(fixed).value() == 1 ? 1 : 0;
                }
                sum += down >= atLeast ? weight : 0;
            }
            return sum;
        }

        Platform platform(SolveLimits limits) {
            return new Platform(
                    formula,
                    p,
                    goal -> Optional.of(solved(goal.down())),
                    true,
                    limits,
                    InstantSource.system(),
                    Watcher.patient());
        }
    }

    private static PlatformResult ask(Services services, SolveLimits limits, int atLeast) {
        return services.platform(limits)
                .answer(Question.AT_LEAST, "", atLeast, services.all(), Optional.of(3L));
    }

    @Test
    void smallPlatformsAreExact() {
        for (int seed = 0; seed < 5; seed++) {
            Services services = Services.random(seed);
            for (int atLeast = 1; atLeast <= 4; atLeast++) {
                PlatformResult result = ask(services, SolveLimits.STANDARD, atLeast);
                double exact = services.enumerated(atLeast);
                assertTrue(result.isExact());
                assertEquals(exact, result.bounds().upper(), 1e-12 * exact);
                assertTrue(result.estimate().isEmpty());
            }
        }
    }

    @Test
    void beyondTheLimitsThereAreBoundsAndAnEstimateThatHoldTheExactValue() {
        int notExact = 0;
        for (int seed = 0; seed < 3; seed++) {
            Services services = Services.random(seed);
            for (int atLeast = 1; atLeast <= 2; atLeast++) {
                PlatformResult result = ask(services, TIGHT, atLeast);
                double exact = services.enumerated(atLeast);
                assertTrue(result.bounds().lower() <= exact * (1 + 1e-12), result.toString());
                assertTrue(result.bounds().upper() >= exact * (1 - 1e-12), result.toString());
                if (!result.isExact()) {
                    notExact++;
                    SampledEstimate estimate = result.estimate().orElseThrow();
                    assertTrue(estimate.low() <= exact && exact <= estimate.high(), "" + estimate);
                    assertTrue(estimate.high() - estimate.low() <= 0.05 * exact, "" + estimate);
                    assertEquals(estimate, ask(services, TIGHT, atLeast).estimate().orElseThrow());
                }
            }
        }
        assertTrue(notExact >= 3, "so many were not exact: " + notExact);
    }

    private static AvailabilityAnalyzer analyzer(SolveLimits limits) {
        return new AvailabilityAnalyzer(Assumptions.standard(), 3, limits, InstantSource.system());
    }

    @Test
    void aServiceBeyondTheLimitsHasBoundsThatFollowItsFigures() {
        Topology landscape = SyntheticLandscape.of(100, 2);
        AvailabilityAnalyzer exact = analyzer(SolveLimits.STANDARD);
        AvailabilityAnalyzer bounded = analyzer(new SolveLimits(1, Duration.ofSeconds(20), 1));
        AvailabilityReport truth = exact.analyse(landscape, Watcher.patient());
        AvailabilityReport report = bounded.analyse(landscape, Watcher.patient());
        int notExact = compare(truth, report);
        Bounds any = bounded.anyServiceDown(report, Watcher.patient());
        Bounds exactAny = exact.anyServiceDown(truth, Watcher.patient());
        assertTrue(any.lower() <= exactAny.upper() && any.upper() >= exactAny.lower(), "" + any);
        assertTrue(notExact > 0);
        Host host = landscape.getSites().getFirst().getHosts().getFirst();
        FailureData worse = TopologyFactory.eINSTANCE.createFailureData();
        worse.setId("worse");
        worse.setMtbfHours(50);
        worse.setMttrHours(50);
        host.setFailureData(worse);
        compare(
                exact.analyse(landscape, Watcher.patient()),
                bounded.analyse(landscape, Watcher.patient()));
    }

    private static int compare(AvailabilityReport truth, AvailabilityReport report) {
        int notExact = 0;
        assertEquals(truth.services().size(), report.services().size());
        for (int i = 0; i < truth.services().size(); i++) {
            double value = truth.services().get(i).unavailability();
            Bounds bounds = report.services().get(i).bounds();
            assertTrue(bounds.lower() <= value * (1 + 1e-9), bounds + " " + value);
            assertTrue(bounds.upper() >= value * (1 - 1e-9), bounds + " " + value);
            notExact += report.services().get(i).isExact() ? 0 : 1;
        }
        return notExact;
    }

    @Test
    void theWholeAnalysisAnswersForThePlatform() {
        Topology landscape = SyntheticLandscape.of(100, 2);
        AnalysisRequest request =
                AnalysisRequest.everything()
                        .with(new AnalysisRequest.Extent(2, true, Duration.ofSeconds(60)));
        AnalysisResult result =
                TopologyAnalysis.run(landscape, request, InstantSource.system(), Watcher.patient())
                        .orThrow();
        assertEquals(Question.ANY, result.platform().getFirst().question());
        PlatformResult two = result.platform().get(1);
        assertEquals(Question.AT_LEAST, two.question());
        assertTrue(two.bounds().upper() <= result.anyServiceDown().upper());
        assertTrue(two.bounds().lower() > 0);
        double worst =
                result.availability().services().stream()
                        .mapToDouble(ServiceAvailability::unavailability)
                        .max()
                        .orElseThrow();
        assertTrue(result.anyServiceDown().upper() >= worst);
        assertFalse(result.platform().stream().anyMatch(it -> it.bounds().upper() == 1));
        assertEquals(Map.of(), result.estimates());
    }
}
