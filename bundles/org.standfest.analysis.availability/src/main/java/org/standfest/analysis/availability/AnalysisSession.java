package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.licences.LicenceModels;
import org.standfest.results.Outcome;
import org.standfest.topology.Topology;

import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Analyses a topology again and again while somebody works on it: what an edit did not touch is not
 * solved again, and what is done is told while the rest is calculated. Safe for several threads:
 * one analysis after the other; who begins another one should cancel the one before.
 */
public final class AnalysisSession {

    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 30_000;

    private final AnalysisRequest request;
    private final InstantSource clock;
    private final AvailabilityAnalyzer analyzer;

    /**
     * @param request what is asked each time
     * @param clock measures the time limit of the solver, and when partial results are told
     */
    public AnalysisSession(AnalysisRequest request, InstantSource clock) {
        this.request = request;
        this.clock = clock;
        analyzer = TopologyAnalysis.analyzer(request, clock);
    }

    /**
     * Analyses.
     *
     * @param topology must not change meanwhile; may be another copy each time
     * @param watcher told about services done; when it cancels, the result has what was done
     * @param soFar told about services that are done while others are not, a second after the
     *     beginning and then less and less often; in the calling thread
     * @return refused when the request names a service or element that is not there
     */
    public synchronized Outcome<AnalysisResult> analyse(
            Topology topology, Watcher watcher, Consumer<AnalysisResult> soFar) {
        long millis = FIRST_MILLIS;
        int done = 0;
        while (true) {
            Slice slice = new Slice(watcher, clock.millis() + millis, done);
            Outcome<AnalysisResult> outcome = one(topology, request.with(Set.of()), slice);
            AnalysisResult result = outcome.result().orElse(null);
            if (result == null || watcher.cancelled()) {
                return outcome;
            }
            if (result.availability().complete()) {
                // All services are known now: this adds the other parts only.
                return one(topology, request, watcher);
            }
            soFar.accept(result);
            done = result.availability().services().size();
            millis = Math.min(2 * millis, LONGEST_MILLIS);
        }
    }

    private Outcome<AnalysisResult> one(Topology topology, AnalysisRequest what, Watcher until) {
        return new TopologyAnalysis(topology, what, analyzer, until, LicenceModels.builtIn()).run();
    }

    /** Ends an analysis after a while, but not before it came further than the last one. */
    private final class Slice implements Watcher {
        private final Watcher whole;
        private final long untilMillis;
        private final int before;
        private volatile boolean further;
        private volatile boolean over;

        Slice(Watcher whole, long untilMillis, int before) {
            this.whole = whole;
            this.untilMillis = untilMillis;
            this.before = before;
        }

        @Override
        public boolean cancelled() {
            return over || whole.cancelled();
        }

        @Override
        public void progress(int done, int of) {
            whole.progress(done, of);
            further |= done > before;
            // Between two services only: a structure that is half solved is not thrown away.
            over |= further && done < of && clock.millis() >= untilMillis;
        }
    }
}
