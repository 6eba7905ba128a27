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

    /** A name or id, or empty. */
    static void nameOrNone(String name) {
        if (name == null || !name.isEmpty()) {
            name(name);
        }
    }

    /** A number that must not be smaller than another. */
    static void number(long number, long least) {
        if (number < least) {
            throw new IllegalArgumentException("number below " + least);
        }
    }

    /** A reason that a person gives: 1 to 500 characters. */
    static void reason(String reason) {
        if (reason == null || reason.isBlank() || reason.length() > 500) {
            throw new IllegalArgumentException("a reason of 1 to 500 characters");
        }
    }

    /** A text of at most 4000 characters, may be empty. */
    static void text(String text) {
        if (text == null || text.length() > 4000) {
            throw new IllegalArgumentException("a text of at most 4000 characters");
        }
    }

    /** A path of a file system: 1 to 4000 characters without a zero byte. */
    static void path(String path) {
        text(path);
        if (path.isBlank() || path.indexOf(0) >= 0) {
            throw new IllegalArgumentException("path");
        }
    }
}
