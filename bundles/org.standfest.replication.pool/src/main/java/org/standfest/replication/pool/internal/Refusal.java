package org.standfest.replication.pool.internal;

import org.standfest.results.Explanation;

/** An expected reason not to go on, on its way to the edge where it becomes an outcome. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Explanation explanation;

    Refusal(Explanation explanation) {
        super(explanation.toString(), null, false, false);
        this.explanation = explanation;
    }

    /** A refusal with a code of the pool's catalog. */
    static Refusal of(String code, Object... arguments) {
        return new Refusal(Words.explain(code, arguments));
    }

    Explanation explanation() {
        return explanation;
    }
}
