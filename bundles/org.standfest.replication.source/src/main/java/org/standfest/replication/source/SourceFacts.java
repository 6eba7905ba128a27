package org.standfest.replication.source;

/**
 * Keys of {@link Snapshot#facts()}: what a session report says about its source. Values are texts
 * of at most {@value #VALUE_LIMIT} characters, decimal numbers where the name has a unit.
 */
public final class SourceFacts {

    /** How long a value may be. */
    public static final int VALUE_LIMIT = 900;

    /** The name of a {@link Consistency}. */
    public static final String CONSISTENCY = "consistency";

    /** Whether applications were held still by a script: {@code true} or {@code false}. */
    public static final String APPLICATIONS_HELD = "applicationsHeld";

    /** How long the applications were held still. */
    public static final String FROZEN_MILLIS = "frozenMillis";

    /** How far the instants of the volumes lie apart; 0 for one provider. */
    public static final String SPREAD_MILLIS = "spreadMillis";

    /** Followed by the volume's name: why its changes are not known and all of it is read. */
    public static final String SCANNED_BECAUSE = "scannedBecause.";

    /** What a freeze script said and its exit code. */
    public static final String FREEZE_OUTPUT = "freezeOutput";

    /** What a thaw script said and its exit code. */
    public static final String THAW_OUTPUT = "thawOutput";

    /** Why thawing did not succeed; it is tried again at the next session and the next start. */
    public static final String THAW_PROBLEM = "thawProblem";

    /** Followed by the volume's name: how the provider took it, for example {@code reflink}. */
    public static final String TAKEN_BY = "takenBy.";

    private SourceFacts() {}

    /** A text that fits. */
    public static String fitting(String text) {
        return text.length() <= VALUE_LIMIT ? text : text.substring(0, VALUE_LIMIT - 1) + "…";
    }
}
