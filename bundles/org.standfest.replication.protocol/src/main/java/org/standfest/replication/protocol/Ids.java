package org.standfest.replication.protocol;

import java.util.regex.Pattern;

/**
 * What an id of a system, volume, point, session or peer looks like, so that it is also safe as a
 * file name.
 */
public final class Ids {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    private Ids() {}

    /**
     * Whether a text is an id: 1 to 64 of letters, digits, dot, hyphen, underscore; no dot at the
     * beginning.
     */
    public static boolean valid(String id) {
        return SHAPE.matcher(id).matches();
    }
}
