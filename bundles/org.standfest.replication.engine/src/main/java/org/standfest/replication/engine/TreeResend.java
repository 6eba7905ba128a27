package org.standfest.replication.engine;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.transport.ChannelException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings contents of a tree again that rotted at the receiver: of what it asks for, those that the
 * source still has, wherever they lie by now. The others are left out; the receiver asks once. For
 * one thread.
 */
final class TreeResend {

    private final int volume;
    private final TreeManifest basis;
    private final TreeManifest manifest;
    private final BlockHasher hasher = new BlockHasher();

    /**
     * @param basis what the receiver had when the session began: its blocks are asked for
     * @param manifest what the source has
     */
    TreeResend(int volume, TreeManifest basis, TreeManifest manifest) {
        this.volume = volume;
        this.basis = basis;
        this.manifest = manifest;
    }

    /** Sends the blocks with these numbers ({@link TreeNumbers}) as far as they are still there. */
    void send(List<Long> numbers, TreeFiles tree, Exchange exchange)
            throws ChannelException, SourceFault {
        Map<Long, BlockHash> asked = asked(numbers);
        Map<BlockHash, TreeNumbers.Place> places = places(asked);
        for (Map.Entry<Long, BlockHash> one : asked.entrySet()) {
            TreeNumbers.Place place = places.get(one.getValue());
            byte[] content = place == null ? null : read(tree, place, one.getValue());
            if (content != null) {
                exchange.resend(volume, new FoundBlock(one.getKey(), one.getValue(), content));
            }
        }
        exchange.settle();
    }

    private Map<Long, BlockHash> asked(List<Long> numbers) {
        Map<Long, BlockHash> asked = new HashMap<>();
        TreeNumbers known = new TreeNumbers(basis);
        for (long number : numbers) {
            known.places(List.of(number)).stream()
                    .map(place -> basis.block(place.entry(), place.block()))
                    .filter(hash -> !hash.isZero())
                    .forEach(hash -> asked.put(number, hash));
        }
        return asked;
    }

    /** Where the source has such contents now; moved and copied files serve as well. */
    private Map<BlockHash, TreeNumbers.Place> places(Map<Long, BlockHash> asked) {
        Map<BlockHash, TreeNumbers.Place> places = new HashMap<>();
        asked.values().forEach(hash -> places.put(hash, null));
        for (int entry = 0; entry < manifest.size(); entry++) {
            for (int block = 0; block < manifest.blockCount(entry); block++) {
                BlockHash hash = manifest.block(entry, block);
                if (places.containsKey(hash)) {
                    places.putIfAbsent(hash, new TreeNumbers.Place(entry, block));
                }
            }
        }
        return places;
    }

    /** The content, or null when it is not there any more: then something else changed the file. */
    private byte[] read(TreeFiles tree, TreeNumbers.Place place, BlockHash hash) {
        int length = Blocks.length(place.block(), manifest.sizeBytes(place.entry()));
        ByteBuffer content = ByteBuffer.allocate(length);
        try (PoolFile file = tree.open(manifest.path(place.entry()), PoolFiles.Mode.READ)) {
            int got = file.read(content, (long) place.block() * Blocks.SIZE);
            return got == length && hasher.hash(content.flip()).equals(hash)
                    ? content.array()
                    : null;
        } catch (IOException gone) {
            return null;
        }
    }
}
