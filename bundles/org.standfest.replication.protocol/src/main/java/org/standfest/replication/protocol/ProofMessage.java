package org.standfest.replication.protocol;

import java.util.List;

/**
 * What travels while an agent compares its source with the pool without sending data: hashes of
 * what both re-read. PROTOCOL.md section 10 says who sends which when.
 */
public sealed interface ProofMessage extends Message.Proof {

    /** Most items of one question. */
    int ITEMS = 1024;

    /** Bytes of one digest. */
    int DIGEST_BYTES = 32;

    /**
     * The agent opens a comparison of its newest point.
     *
     * @param pointId the point the agent believes to be the newest; another one ends it
     */
    record Open(String systemId, String pointId) implements ProofMessage {}

    /**
     * The standby has that point.
     *
     * @param volumes its volumes
     * @param roots the root hashes of their manifests, in the same order
     */
    record Ready(List<String> volumes, List<byte[]> roots) implements ProofMessage {

        /** Copies the lists. */
        public Ready {
            volumes = List.copyOf(volumes);
            roots = List.copyOf(roots);
        }
    }

    /**
     * The agent asks what the standby reads there now.
     *
     * @param volume place in the list of volumes
     * @param first the first block of a disk, or the first entry of a tree's manifest
     * @param count how many, 1 to {@value #ITEMS}
     * @param each whether every item's digest is wanted, or one over all of them
     */
    record Ask(int volume, long first, int count, boolean each) implements ProofMessage {}

    /**
     * The standby's answer.
     *
     * @param readBytes how much it read from its storage for that
     * @param digests one, or one for each item
     */
    record Answer(int volume, long first, long readBytes, List<byte[]> digests)
            implements ProofMessage {

        /** Copies the list. */
        public Answer {
            digests = List.copyOf(digests);
        }
    }
}
