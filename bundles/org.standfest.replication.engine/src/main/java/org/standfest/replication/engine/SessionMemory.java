package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;

import java.util.HashMap;
import java.util.Map;

/**
 * What a sender remembers of a session over its connections: the receiver's manifests once they are
 * known, and how far each disk was examined. So a broken session goes on at the block it stopped
 * at, without reading the source from the beginning. For one thread at a time.
 */
public final class SessionMemory {

    final SessionCounts counts = new SessionCounts();
    private final Map<String, DiskMemory> disks = new HashMap<>();
    private final Map<String, DiskManifest> diskBasis = new HashMap<>();
    private final Map<String, TreeManifest> treeBasis = new HashMap<>();
    private String basisToken;
    private int connections;
    private boolean foreign;

    /** How far one disk was examined. */
    static final class DiskMemory {
        final ChangedBlocks changed = new ChangedBlocks();

        /**
         * Everything before this block was examined. Not a number of a segment: a source may cut
         * itself otherwise on the next connection, as when its change tracking was lost meanwhile.
         */
        long nextBlock;

        /** Everything before this block may have gone out without its hash. */
        long bareEnd;

        /**
         * From here to {@link #bareEnd} the receiver may hold what the source no longer shows: what
         * reads as zeros there has to be told.
         */
        long tellFrom = Long.MAX_VALUE;

        private long examinedEnd;

        DiskPrints.Editor prints;

        /** How many blocks of a segment were not looked at on an earlier connection. */
        long examined(DiskScan.Segment segment) {
            long end = Math.max(examinedEnd, segment.endBlock());
            long blocks = end - Math.max(examinedEnd, segment.firstBlock());
            examinedEnd = end;
            return Math.max(0, blocks);
        }
    }

    /**
     * Begins another connection; what was found against another basis is forgotten.
     *
     * @param resumed whether the receiver has contents of an earlier connection
     */
    void connected(String token, boolean resumed) {
        connections++;
        foreign |= connections == 1 && resumed;
        if (!token.equals(basisToken)) {
            basisToken = token;
            disks.clear();
            diskBasis.clear();
            treeBasis.clear();
        }
    }

    boolean resumed() {
        return connections > 1;
    }

    /** Whether the receiver had contents before this memory began. */
    boolean foreign() {
        return foreign;
    }

    DiskMemory disk(String volume) {
        return disks.computeIfAbsent(volume, _ -> new DiskMemory());
    }

    DiskManifest diskBasis(String volume) {
        return diskBasis.get(volume);
    }

    TreeManifest treeBasis(String volume) {
        return treeBasis.get(volume);
    }

    void remember(String volume, DiskManifest basis) {
        diskBasis.put(volume, basis);
    }

    void remember(String volume, TreeManifest basis) {
        treeBasis.put(volume, basis);
    }
}
