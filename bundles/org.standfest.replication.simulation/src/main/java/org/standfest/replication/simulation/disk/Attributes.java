package org.standfest.replication.simulation.disk;

import org.standfest.replication.protocol.manifest.ExtendedAttribute;

import java.util.List;

/** Attributes of an entry; times in ns since 1970. */
record Attributes(
        int mode,
        long uid,
        long gid,
        long mtimeNanos,
        long ctimeNanos,
        List<ExtendedAttribute> extended) {

    Attributes touched(long nanos) {
        return new Attributes(mode, uid, gid, nanos, nanos, extended);
    }

    Attributes changed(long nanos) {
        return new Attributes(mode, uid, gid, mtimeNanos, nanos, extended);
    }
}
