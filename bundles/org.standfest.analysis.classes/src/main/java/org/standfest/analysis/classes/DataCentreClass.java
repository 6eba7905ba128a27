package org.standfest.analysis.classes;

import org.standfest.results.Catalog;

import java.util.List;

/**
 * Hints at the class of a site's infrastructure: EN 50600-1 and the Uptime tiers. Both certify how
 * a site is built, not a percentage; a topology knows power paths and their redundancy only, so the
 * answer is the highest class that these do not rule out.
 */
public final class DataCentreClass {

    private static final Catalog CATALOG = Catalog.beside(DataCentreClass.class);

    private DataCentreClass() {}

    /**
     * What is known of a site.
     *
     * @param paths independent ways of the electricity to the machines, at least 0
     * @param redundantComponents whether a feed or supply may fail on the way without an outage
     * @param standbyGenerator whether there is electricity without the public grid for hours
     */
    public record SiteFacts(int paths, boolean redundantComponents, boolean standbyGenerator) {}

    /** The hints for a site: EN 50600 first, then the tier. */
    public static List<Rating> hints(SiteFacts facts) {
        int level = level(facts);
        return List.of(
                new Rating(
                        Rating.Scheme.EN_50600,
                        "AC " + level,
                        Rating.Support.COMMONLY_QUOTED,
                        CATALOG.explain("class.en50600-" + level, facts.paths())),
                new Rating(
                        Rating.Scheme.TIER,
                        List.of("I", "II", "III", "IV").get(level - 1),
                        Rating.Support.COMMONLY_QUOTED,
                        CATALOG.explain("class.tier-" + level, facts.paths())));
    }

    private static int level(SiteFacts facts) {
        if (facts.paths() < 2) {
            return facts.redundantComponents() ? 2 : 1;
        }
        return facts.redundantComponents() && facts.standbyGenerator() ? 4 : 3;
    }
}
