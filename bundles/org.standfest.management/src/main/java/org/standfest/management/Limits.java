package org.standfest.management;

/** What may come over the wire at most. */
final class Limits {

    /** A request at most, in bytes. */
    static final int REQUEST_BYTES = 256 * 1024;

    /** An answer at most, in bytes. */
    static final int ANSWER_BYTES = 3 * 1024 * 1024;

    private static final int NAME_CHARACTERS = 128;

    private Limits() {}

    /** A name or id; throws IllegalArgumentException if it is empty or too long. */
    static void name(String name) {
        if (name == null || name.isBlank() || name.length() > NAME_CHARACTERS) {
            throw new IllegalArgumentException("name or id");
        }
    }
}
