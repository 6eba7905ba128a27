package org.standfest.replication.pool.internal;

import java.util.regex.Pattern;

/** What may become a name of a file in the pool. */
final class Names {

    private static final Pattern SYSTEM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern VOLUME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final Pattern HOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Names() {}

    static boolean isSystem(String id) {
        return SYSTEM.matcher(id).matches();
    }

    /** Without dots: the pool's own suffixes must stay apart. */
    static boolean isVolume(String name) {
        return VOLUME.matcher(name).matches();
    }

    static boolean isHolder(String holder) {
        return HOLDER.matcher(holder).matches();
    }
}
