package org.standfest.replication.protocol;

/** The version of the wire that this code speaks. */
public final class Version {

    /** Another major version is refused by both sides. */
    public static final int MAJOR = 2;

    /** A higher minor version adds what the other side may ignore. */
    public static final int MINOR = 0;

    /** The first bytes of hello and welcome: {@code STFP}. */
    static final byte[] MAGIC = {'S', 'T', 'F', 'P'};

    private Version() {}
}
