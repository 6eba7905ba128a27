package org.standfest.recovery;

/** Names of facts that the engine itself reads. */
public final class Facts {

    /** The instant of the recovery point that is started, ISO 8601. */
    public static final String POINT_TAKEN = "point.taken";

    /** When a return's new machine was first seen to serve, ISO 8601. */
    public static final String SERVED_AGAIN = "served-again";

    /** The emergency machine of an operation: the name of its folder. */
    public static final String MACHINE = "machine";

    /** The recovery point that is started: its id. */
    public static final String POINT = "point";

    /** When the witnesses were asked last, ISO 8601. */
    public static final String WITNESSED_AT = "witnessed-at";

    /** The epoch before the operation. */
    public static final String EPOCH_BEFORE = "epoch-before";

    /** When a return shut the emergency machine down, ISO 8601. */
    public static final String STOPPED_AT = "stopped-at";

    /** The agent on the machine that a system returns to. */
    public static final String AGENT = "agent";

    /** Kind of landing place of a return. */
    public static final String TARGET = "target";

    /** Names of the landing place's options, comma separated. */
    public static final String OPTION_NAMES = "options";

    /** Prefix of an option of the landing place. */
    public static final String OPTION = "option.";

    /** The standby's port that leads into an isolated machine. */
    public static final String ISOLATED_PORT = "isolated-port";

    /** When an isolated machine was started, ISO 8601. */
    public static final String BOOT_BEGUN = "boot-begun";

    /** From when a return may begin its second phase, ISO 8601; missing or empty = at once. */
    public static final String WINDOW_FROM = "window.from";

    /** Until when a return may begin its second phase, ISO 8601. */
    public static final String WINDOW_UNTIL = "window.until";

    /** Whether a return is rehearsed on the hardware of its options first: {@code true}. */
    public static final String REHEARSE = "rehearse";

    /** What an adapter changed in the image before it was started, for experts. */
    public static final String ADAPTED = "adapted";

    private Facts() {}
}
