package org.standfest.replication.protocol;

/** The keys of facts that both ends know; values are decimal numbers unless said otherwise. */
public final class FactNames {

    /** Id of the recovery point (text). */
    public static final String POINT = "point";

    /** Instant the point shows, milliseconds since 1970. */
    public static final String TAKEN_AT_MILLIS = "takenAtMillis";

    /** When the session ended, milliseconds since 1970. */
    public static final String ENDED_AT_MILLIS = "endedAtMillis";

    /** How the last session ended: {@code DONE}, {@code REFUSED}, {@code FAILED}. */
    public static final String RESULT = "result";

    /** Why it did not end well (text). */
    public static final String PROBLEM = "problem";

    /** Code of the explanation of it (text). */
    public static final String PROBLEM_CODE = "problemCode";

    /** Blocks looked at. */
    public static final String BLOCKS_EXAMINED = "blocksExamined";

    /** Blocks that differ from the basis. */
    public static final String BLOCKS_CHANGED = "blocksChanged";

    /** Blocks whose content travelled. */
    public static final String BLOCKS_SENT = "blocksSent";

    /** Blocks of which only the changed sub-blocks travelled; they count as sent, too. */
    public static final String BLOCKS_PATCHED = "blocksPatched";

    /** Bytes that differ from the basis, in whole blocks. */
    public static final String BYTES_CHANGED = "bytesChanged";

    /** Bytes on the wire in both directions, with TLS. */
    public static final String BYTES_ON_WIRE = "bytesOnWire";

    /** How long it took. */
    public static final String DURATION_MILLIS = "durationMillis";

    /** How the changes were found: {@code tracked} or {@code scanned} (text). */
    public static final String CHANGES_BY = "changesBy";

    /** Entries of trees that changed. */
    public static final String ENTRIES_CHANGED = "entriesChanged";

    /** Files that changed while they were read and could not be read in one state. */
    public static final String FILES_UNSETTLED = "filesUnsettled";

    /** The first of those files, one a line (text). */
    public static final String FILES_UNSETTLED_NAMES = "filesUnsettledNames";

    /** Files of which something beside the content was too long to be taken along. */
    public static final String FILES_INCOMPLETE = "filesIncomplete";

    /** The first of those files, one a line (text). */
    public static final String FILES_INCOMPLETE_NAMES = "filesIncompleteNames";

    /**
     * Who wanted the session: {@code SCHEDULE}, {@code CONTINUOUS}, {@code AGAIN}, {@code PERSON},
     * {@code STANDBY}, {@code GROUP} or {@code COMPARISON} (text). Travels with the facts of the
     * machine, so a recovery point says it, too.
     */
    public static final String TRIGGER = "session.trigger";

    /** The argument of REPLICATE by which it waits for nobody: {@code true}. */
    public static final String URGENT = "urgent";

    /** The phase of a command that waits for its turn. */
    public static final String WAITING = "waiting";

    /** How many are before a system that waits for its turn; only while it does. */
    public static final String WAITS_BEHIND = "waitsBehind";

    /** Whether an earlier, broken connection was resumed: {@code true} or {@code false}. */
    public static final String RESUMED = "resumed";

    /**
     * What happened, in German: beside the English sentences of a command that did not end well.
     */
    public static final String GERMAN_HAPPENED = "de.happened";

    /** What it means, in German. */
    public static final String GERMAN_MEANING = "de.meaning";

    /** What to do next, in German. */
    public static final String GERMAN_NEXT = "de.next";

    private FactNames() {}
}
