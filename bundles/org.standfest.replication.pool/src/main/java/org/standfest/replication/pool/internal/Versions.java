package org.standfest.replication.pool.internal;

/** The one place that decides whether a file's version is understood. */
final class Versions {

    /**
     * The first format. Its files mean the same in format 2, which only adds some; a pool of format
     * 1 therefore becomes one of format 2 by its first sheet alone.
     */
    private static final int FIRST = 1;

    private Versions() {}

    /** Refuses a sheet of an unknown format. */
    static void check(Sheet sheet) throws Damage, Refusal {
        long format = sheet.number("format");
        if (format < FIRST || format > DirectoryPool.FORMAT) {
            throw Refusal.of("pool.version-unknown", format, DirectoryPool.FORMAT);
        }
    }

    /**
     * A binary file of another kind or an unknown version is damaged: whether this program may use
     * a pool at all, its first sheet has said by then.
     */
    static void check(int magic, int expectedMagic, int version, String what) throws Damage {
        if (magic != expectedMagic) {
            throw new Damage(what + " that is none");
        }
        if (version < FIRST || version > DirectoryPool.FORMAT) {
            throw new Damage(what + " of unknown version " + version);
        }
    }
}
