package org.standfest.analysis.classes;

import org.standfest.results.Explanation;

/**
 * A class that a design reaches.
 *
 * @param scheme whose classes these are
 * @param grade the class, for instance "VK 3"
 * @param support how well the limits of the class are sourced
 * @param explanation what was reached, what the class means and what the next one asks for
 */
public record Rating(Scheme scheme, String grade, Support support, Explanation explanation) {

    /** Whose classes. */
    public enum Scheme {
        /** Hochverfügbarkeitskompendium of the German BSI. */
        BSI,
        /** EN 50600-1, infrastructure of data centres. */
        EN_50600,
        /** The tiers of the Uptime Institute. */
        TIER
    }

    /** How well sourced. */
    public enum Support {
        /** The limits stand in the named document. */
        SOURCED,
        /** Widely quoted, but not from the document itself: to be checked before it is cited. */
        COMMONLY_QUOTED
    }
}
