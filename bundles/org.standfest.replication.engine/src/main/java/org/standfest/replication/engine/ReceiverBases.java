package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message.SessionReady;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.Overflow;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.transport.ChannelException;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a receiver has of each volume: what is remembered here where its roots say the same,
 * otherwise what it tells. For one thread.
 */
final class ReceiverBases {

    private final SessionReady ready;
    private final SessionWork work;
    private final SessionMemory memory;
    private final RandomGenerator random;
    private final Overflow overflow;

    /** What is remembered; empty when the receiver has something else. */
    private final Optional<Basis> own;

    /**
     * @param random for new keys
     * @param overflow where manifests of large trees go
     */
    ReceiverBases(
            SessionReady ready,
            SessionWork work,
            SessionMemory memory,
            RandomGenerator random,
            Overflow overflow) {
        this.ready = ready;
        this.work = work;
        this.memory = memory;
        this.random = random;
        this.overflow = overflow;
        this.own =
                ready.basisToken().isEmpty()
                        ? Optional.empty()
                        : work.basis().filter(basis -> named(basis) || sameRoots(basis));
    }

    private boolean named(Basis basis) {
        return basis.token().equals(ready.basisToken());
    }

    /**
     * The same contents under another name, as after a courier disk: equal roots are equal
     * manifests, and change tracking counts from our own name for them.
     */
    private boolean sameRoots(Basis basis) {
        for (int number = 0; number < work.volumes().size(); number++) {
            String name = work.volumes().get(number).name();
            DiskManifest disk = basis.disks().get(name);
            TreeManifest tree = basis.trees().get(name);
            BlockHash root = disk != null ? disk.root() : tree != null ? tree.root() : null;
            if (root == null || !root.equals(root(number))) {
                return false;
            }
        }
        return true;
    }

    /** What the receiver has of a volume; zero: nothing. */
    BlockHash root(int number) {
        return BlockHash.at(ready.roots().get(number), 0);
    }

    /**
     * The manifest of a disk at the receiver.
     *
     * @param sizeBytes the size of the disk here
     */
    DiskManifest disk(int number, String name, long sizeBytes, Exchange exchange)
            throws ChannelException {
        BlockHash root = root(number);
        if (root.isZero()) {
            return DiskManifest.zero(sizeBytes);
        }
        DiskManifest known = own.isPresent() ? own.get().disks().get(name) : memory.diskBasis(name);
        if (known == null || !known.root().equals(root)) {
            known = exchange.fetchDisk(number, sizeBytes);
            check(known.root().equals(root));
            memory.remember(name, known);
        }
        return known;
    }

    /** The manifest of a tree at the receiver. */
    TreeManifest tree(int number, String name, Exchange exchange) throws ChannelException {
        BlockHash root = root(number);
        if (root.isZero()) {
            return TreeManifest.EMPTY;
        }
        TreeManifest known = own.isPresent() ? own.get().trees().get(name) : memory.treeBasis(name);
        if (known == null || !known.root().equals(root)) {
            known = exchange.fetchTree(number, overflow);
            check(known.root().equals(root));
            memory.remember(name, known);
        }
        return known;
    }

    private static void check(boolean fits) throws ChannelException {
        if (!fits) {
            throw Faults.protocol("a manifest with another root");
        }
    }

    /** By what the entries of a tree are recognised; {@code null}: by nothing. */
    TreeIndex index(String name) {
        return own.isPresent() ? own.get().indexes().get(name) : null;
    }

    /** The fingerprints that go with the basis, or none and a new key. */
    DiskPrints prints(String name, DiskManifest basis) {
        DiskPrints known =
                fits(name, basis) && own.get().disks().containsKey(name)
                        ? own.get().prints().get(name)
                        : null;
        return known != null && known.sizeBytes() == basis.sizeBytes()
                ? known
                : DiskPrints.unknown(PrintKey.random(random), basis.sizeBytes());
    }

    /**
     * Whether what is known since the basis counts: not when the receiver has another content under
     * its name. The manifest may be missing where the name alone is remembered.
     */
    boolean fits(String name, DiskManifest basis) {
        DiskManifest known = own.isPresent() ? own.get().disks().get(name) : null;
        return own.isPresent() && (known == null || known.root().equals(basis.root()));
    }
}
