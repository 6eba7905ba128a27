package org.standfest.hypervisor;

import java.util.regex.Pattern;

/**
 * The shapes of names that end up in command lines and file names; a description may come from
 * another machine.
 */
final class Names {

    static final Pattern MACHINE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    static final Pattern DISK = Pattern.compile("[a-z0-9][a-z0-9-]{0,19}");
    static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    static final Pattern TITLE = Pattern.compile("[^\\p{Cntrl}]{1,120}");

    private Names() {}

    static void require(Pattern shape, String value, String what) {
        if (value == null || !shape.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " does not fit " + shape + ": " + value);
        }
    }

    static void requireRange(long value, long least, long most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " must be " + least + " to " + most + ": " + value);
        }
    }
}
