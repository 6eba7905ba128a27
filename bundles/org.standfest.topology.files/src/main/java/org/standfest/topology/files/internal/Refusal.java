package org.standfest.topology.files.internal;

import org.standfest.results.Explanation;

/** A file or model is refused; caught by the facade, which turns it into an outcome. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Explanation explanation;

    /** With the reason for the reader. */
    public Refusal(Explanation explanation) {
        super(explanation.code());
        this.explanation = explanation;
    }

    /** The reason. */
    public Explanation explanation() {
        return explanation;
    }
}
