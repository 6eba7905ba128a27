package org.standfest.topology.exchange.internal;

import org.standfest.results.Explanation;

/** Ends the reading of a file that cannot be understood; becomes a refusal. */
public final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Explanation explanation;

    Fault(Explanation explanation) {
        super(explanation.code());
        this.explanation = explanation;
    }

    /** Why. */
    public Explanation explanation() {
        return explanation;
    }
}
