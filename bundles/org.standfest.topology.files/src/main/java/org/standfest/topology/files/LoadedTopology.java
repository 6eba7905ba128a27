package org.standfest.topology.files;

import org.standfest.topology.Topology;

import java.util.Objects;

/**
 * A topology that was read.
 *
 * @param topology the model; whoever loaded it owns it
 * @param formatVersion the format version the file was in; the model is in the current one
 * @param fingerprint identifies the bytes that were read, for {@link
 *     TopologyFiles#writeIfUnchanged}
 */
public record LoadedTopology(Topology topology, int formatVersion, String fingerprint) {

    /** Checks that nothing is missing. */
    public LoadedTopology {
        Objects.requireNonNull(topology);
        Objects.requireNonNull(fingerprint);
    }

    /** Whether saving would bring the file to a newer format version. */
    public boolean migrated() {
        return formatVersion < TopologyFiles.FORMAT_VERSION;
    }
}
