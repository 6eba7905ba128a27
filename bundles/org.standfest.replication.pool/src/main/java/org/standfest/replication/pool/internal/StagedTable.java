package org.standfest.replication.pool.internal;

import org.standfest.replication.protocol.manifest.BlockHash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Where received contents lie, by hash, at 56 to 72 bytes for each: a session may bring a million.
 * For one thread.
 */
final class StagedTable {

    private static final int CHUNK = 1_024;
    private static final long GONE = -1;

    private final List<byte[]> hashes = new ArrayList<>();
    private final LongList places = new LongList();
    private final PlaceTable ordinals = new PlaceTable(this::hash);

    private BlockHash hash(long ordinal) {
        byte[] chunk = hashes.get((int) (ordinal / CHUNK));
        return BlockHash.at(chunk, (int) (ordinal % CHUNK) * BlockHash.BYTES);
    }

    /** Notes a place (0 or more), in place of the one before. */
    void put(BlockHash hash, long place) {
        long known = ordinals.find(hash);
        if (known >= 0) {
            places.set((int) known, place);
            return;
        }
        int ordinal = places.size();
        if (ordinal % CHUNK == 0) {
            hashes.add(new byte[CHUNK * BlockHash.BYTES]);
        }
        hash.put(hashes.getLast(), ordinal % CHUNK * BlockHash.BYTES);
        places.add(place);
        ordinals.add(hash, ordinal);
    }

    /** The place of a content; -1 when there is none. */
    long get(BlockHash hash) {
        long ordinal = ordinals.find(hash);
        return ordinal < 0 ? GONE : places.get((int) ordinal);
    }

    void remove(BlockHash hash) {
        long ordinal = ordinals.find(hash);
        if (ordinal >= 0) {
            places.set((int) ordinal, GONE);
        }
    }

    void each(BiConsumer<BlockHash, Long> visitor) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i) >= 0) {
                visitor.accept(hash(i), places.get(i));
            }
        }
    }
}
