package org.standfest.designer.ui.internal.document;

import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.results.Explanation;

import java.util.Optional;

/**
 * How far the analysis of a document is. Immutable.
 *
 * @param phase what it does now
 * @param done services done, while it runs or when it was stopped
 * @param of services there are; 0 while that is not known
 * @param result the last result: of an older state of the document, or of the services done, while
 *     it runs or when it was stopped
 * @param problem why there is no result
 */
public record AnalysisState(
        Phase phase,
        int done,
        int of,
        Optional<AnalysisResult> result,
        Optional<Explanation> problem) {

    /** What it does. */
    public enum Phase {
        /** Nothing was calculated yet. */
        NOT_YET,
        /** It calculates. */
        RUNNING,
        /** The result fits the document. */
        READY,
        /** Somebody stopped it; the result, if any, is older than the document or has a part. */
        CANCELLED,
        /** It could not be calculated. */
        FAILED
    }

    /** Nothing was calculated yet. */
    public static final AnalysisState NONE =
            new AnalysisState(Phase.NOT_YET, 0, 0, Optional.empty(), Optional.empty());

    /** It calculates. */
    public AnalysisState running(int doneNow, int ofAll) {
        return new AnalysisState(Phase.RUNNING, doneNow, ofAll, result, Optional.empty());
    }

    /** It goes on; what is done is shown unless there is a whole result of before. */
    public AnalysisState soFar(AnalysisResult part) {
        return result.filter(AnalysisResult::complete).isPresent()
                ? this
                : new AnalysisState(phase, done, of, Optional.of(part), problem);
    }

    /** Somebody stopped it. */
    public AnalysisState cancelled() {
        return new AnalysisState(Phase.CANCELLED, done, of, result, Optional.empty());
    }

    /** Somebody stopped it, and this was done; nothing done is no reason to forget what was. */
    public AnalysisState cancelled(AnalysisResult part) {
        return part.availability().services().isEmpty() ? cancelled() : soFar(part).cancelled();
    }

    /** It is done. */
    public static AnalysisState ready(AnalysisResult result) {
        return new AnalysisState(Phase.READY, 0, 0, Optional.of(result), Optional.empty());
    }

    /** It cannot be calculated. */
    public static AnalysisState failed(Explanation why) {
        return new AnalysisState(Phase.FAILED, 0, 0, Optional.empty(), Optional.of(why));
    }
}
