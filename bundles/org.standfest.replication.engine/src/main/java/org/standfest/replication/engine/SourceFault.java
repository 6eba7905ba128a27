package org.standfest.replication.engine;

import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

/** The source could not be read, or the work was cancelled; ends a session on the sender's side. */
final class SourceFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Explanation explanation;

    SourceFault(Explanation explanation, Throwable cause) {
        super(explanation.code(), cause);
        this.explanation = explanation;
    }

    Explanation explanation() {
        return explanation;
    }

    <T> Outcome<T> toOutcome() {
        return Outcome.failed(explanation, getCause());
    }
}
