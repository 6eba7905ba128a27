package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;

import java.util.Map;

/**
 * What the receiver is known to have: the state after the last committed session.
 *
 * @param token the recovery point's id
 * @param disks manifests of disks by volume
 * @param trees manifests of trees by volume
 * @param indexes by volume of a tree: by what its files are recognised as unchanged; may be missing
 * @param prints by volume of a disk: the fingerprints by which blocks are recognised as unchanged;
 *     may be missing
 */
public record Basis(
        String token,
        Map<String, DiskManifest> disks,
        Map<String, TreeManifest> trees,
        Map<String, TreeIndex> indexes,
        Map<String, DiskPrints> prints) {

    /** Copies. */
    public Basis {
        disks = Map.copyOf(disks);
        trees = Map.copyOf(trees);
        indexes = Map.copyOf(indexes);
        prints = Map.copyOf(prints);
    }

    /** A basis without fingerprints: all blocks are hashed when they are looked at next. */
    public Basis(
            String token,
            Map<String, DiskManifest> disks,
            Map<String, TreeManifest> trees,
            Map<String, TreeIndex> indexes) {
        this(token, disks, trees, indexes, Map.of());
    }
}
