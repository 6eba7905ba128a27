package org.standfest.designer.ui.internal.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.availability.AnalysisRequest;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.AnalysisSession;
import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.designer.ui.internal.document.AnalysisState;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.topology.TopologyFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

class AnalysisRunTest {

    private static final AnalysisState RUNNING = AnalysisState.NONE.running(3, 10);

    @Test
    void aBugEndsInWordsInsteadOfGoingOnForEver() {
        for (Throwable thrown : List.of(new IllegalStateException(), new StackOverflowError())) {
            AnalysisRun run = AnalysisRun.of(throwing(thrown), () -> false);
            AnalysisState state = run.next().apply(RUNNING);
            assertEquals(AnalysisState.Phase.FAILED, state.phase());
            assertSame(thrown, run.bug().orElseThrow());
            Explanation why = state.problem().orElseThrow();
            for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                assertFalse(why.happened(locale).isBlank());
                assertFalse(why.meaning(locale).isBlank());
                assertFalse(why.next(locale).isBlank());
            }
        }
    }

    @Test
    void aResultIsReadyUnlessSomebodyEndedIt() {
        Outcome<AnalysisResult> empty =
                new AnalysisSession(request(), InstantSource.system())
                        .analyse(
                                TopologyFactory.eINSTANCE.createTopology(),
                                Watcher.patient(),
                                _ -> {});
        AnalysisRun whole = AnalysisRun.of(() -> empty, () -> false);
        AnalysisRun part = AnalysisRun.of(() -> empty, () -> true);
        assertEquals(AnalysisState.Phase.READY, whole.next().apply(RUNNING).phase());
        assertEquals(AnalysisState.Phase.CANCELLED, part.next().apply(RUNNING).phase());
        assertTrue(whole.bug().isEmpty() && part.bug().isEmpty());
    }

    private static Supplier<Outcome<AnalysisResult>> throwing(Throwable thrown) {
        return () -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        };
    }

    private static AnalysisRequest request() {
        return new AnalysisRequest(
                Assumptions.standard(),
                Optional.empty(),
                1,
                0,
                1,
                List.of(),
                Set.of(),
                new AnalysisRequest.Extent(0, false, Duration.ofSeconds(5)));
    }
}
