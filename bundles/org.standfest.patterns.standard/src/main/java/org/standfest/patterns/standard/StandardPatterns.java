package org.standfest.patterns.standard;

import org.standfest.patterns.Pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The patterns that come with Standfest. */
public final class StandardPatterns {

    private StandardPatterns() {}

    /** All of them, the simplest first. */
    public static List<Pattern> all() {
        List<Pattern> all =
                new ArrayList<>(
                        List.of(
                                new MirrorPairPattern(),
                                new SharedStoragePattern(),
                                new QuorumClusterPattern(),
                                new AvailabilityGroupPattern(),
                                new MirroredSitesPattern()));
        Arrays.stream(StandbyModel.values()).map(StandbyPattern::new).forEach(all::add);
        return List.copyOf(all);
    }
}
