package org.standfest.designer.ui.internal.editor;

import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.designer.ui.internal.document.AnalysisState;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How a calculation ended.
 *
 * @param next what becomes of the state of its document
 * @param bug what broke it off, if something did: belongs into the log
 */
record AnalysisRun(UnaryOperator<AnalysisState> next, Optional<Throwable> bug) {

    private static final Catalog TEXTS = Catalog.beside(AnalysisRun.class);

    /**
     * Calculates. A bug must not leave a state behind that says "calculating" for ever. Any thread.
     *
     * @param cancelled asked afterwards: whether somebody ended it
     */
    static AnalysisRun of(
            Supplier<Outcome<AnalysisResult>> calculation, BooleanSupplier cancelled) {
        Outcome<AnalysisResult> outcome;
        try {
            outcome = calculation.get();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError bug) {
            return new AnalysisRun(
                    _ -> AnalysisState.failed(TEXTS.explain("analysis.bug")), Optional.of(bug));
        }
        boolean ended = cancelled.getAsBoolean();
        UnaryOperator<AnalysisState> next =
                outcome.result()
                        .map(it -> ended ? partOf(it) : whole(it))
                        .orElseGet(
                                () -> _ -> AnalysisState.failed(outcome.problem().orElseThrow()));
        return new AnalysisRun(next, Optional.empty());
    }

    private static UnaryOperator<AnalysisState> partOf(AnalysisResult result) {
        return state -> state.cancelled(result);
    }

    private static UnaryOperator<AnalysisState> whole(AnalysisResult result) {
        return _ -> AnalysisState.ready(result);
    }
}
