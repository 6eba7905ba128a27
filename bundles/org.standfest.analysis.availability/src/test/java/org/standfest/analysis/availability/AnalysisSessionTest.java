package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.topology.Topology;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

class AnalysisSessionTest {

    private static final AnalysisRequest REQUEST =
            new AnalysisRequest(
                    Assumptions.standard(),
                    Optional.empty(),
                    5,
                    0,
                    1,
                    List.of(),
                    Set.of(AnalysisRequest.Part.OBJECTIVES));

    /** A quarter of a second passes whenever somebody looks. */
    private static InstantSource hurrying() {
        AtomicLong millis = new AtomicLong();
        return () -> Instant.ofEpochMilli(millis.addAndGet(250));
    }

    private static AnalysisResult fresh(Topology topology) {
        return TopologyAnalysis.run(topology, REQUEST, hurrying(), Watcher.patient())
                .result()
                .orElseThrow();
    }

    private static List<Double> figures(AnalysisResult result) {
        return result.availability().services().stream()
                .map(ServiceAvailability::unavailability)
                .toList();
    }

    @Test
    void tellsWhatIsDoneAndEndsWithTheWhole() {
        Topology topology = SyntheticLandscape.of(300, 3);
        List<AnalysisResult> told = new ArrayList<>();
        AnalysisResult end =
                new AnalysisSession(REQUEST, hurrying())
                        .analyse(topology, Watcher.patient(), told::add)
                        .result()
                        .orElseThrow();
        assertFalse(told.isEmpty());
        int before = 0;
        for (AnalysisResult each : told) {
            assertFalse(each.complete());
            assertTrue(each.availability().services().size() > before);
            before = each.availability().services().size();
        }
        assertTrue(end.complete());
        assertEquals(figures(fresh(topology)), figures(end));
        assertFalse(end.objectives().isEmpty());
    }

    @Test
    void anEditInAnotherCopyGivesWhatAFreshAnalysisGives() {
        Topology topology = SyntheticLandscape.of(200, 4);
        AnalysisSession session = new AnalysisSession(REQUEST, hurrying());
        session.analyse(topology, Watcher.patient(), it -> {});
        Topology edited = EcoreUtil.copy(topology);
        edited.getSites().getFirst().getHosts().removeFirst();
        AnalysisResult again =
                session.analyse(edited, Watcher.patient(), it -> {}).result().orElseThrow();
        List<ServiceAvailability> wanted = fresh(edited).availability().services();
        assertEquals(wanted.size(), again.availability().services().size());
        for (ServiceAvailability each : wanted) {
            assertEquals(
                    each.unavailability(),
                    again.availability()
                            .service(each.goal().serviceId())
                            .orElseThrow()
                            .unavailability(),
                    1e-12 * each.unavailability());
        }
    }

    @Test
    void whenItIsCancelledWhatWasDoneIsKept() {
        Topology topology = SyntheticLandscape.of(200, 5);
        int[] done = {0};
        Watcher impatient =
                new Watcher() {
                    @Override
                    public boolean cancelled() {
                        return done[0] >= 3;
                    }

                    @Override
                    public void progress(int now, int of) {
                        done[0] = now;
                    }
                };
        AnalysisResult result =
                new AnalysisSession(REQUEST, () -> Instant.EPOCH)
                        .analyse(topology, impatient, it -> {})
                        .result()
                        .orElseThrow();
        assertFalse(result.complete());
        assertEquals(3, result.availability().services().size());
    }
}
