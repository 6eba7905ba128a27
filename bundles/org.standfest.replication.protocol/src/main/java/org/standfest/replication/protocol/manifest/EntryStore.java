package org.standfest.replication.protocol.manifest;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The encoded entries of a manifest in few large pieces: about 10 bytes of overhead each, and what
 * exceeds the heap's share lies where an {@link Overflow} puts it. Entries that two manifests have
 * in common lie in pieces that both hold. Immutable, safe for any thread.
 */
final class EntryStore {

    /** None. */
    static final EntryStore EMPTY = new EntryStore(new MemorySegment[0], new int[0], Overflow.HEAP);

    private static final ValueLayout.OfInt LENGTH =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** A place is the number of a piece and, in units of 8 bytes, the offset within. */
    private static final int PIECE_BYTES = 1 << 20;

    private static final int UNIT = 8;
    private static final int OFFSET_BITS = 17;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final int MAX_PIECES = 1 << 32 - OFFSET_BITS;

    /** More small pieces than this are put together. */
    private static final int MANY_PIECES = 32;

    /** So many pieces of one manifest stay in the heap. */
    private static final int HEAP_PIECES = 4;

    private final MemorySegment[] pieces;
    private final int[] places;
    private final Overflow overflow;

    /** The entry that was asked for last: one and the same is mostly asked for several times. */
    private Recent recent = new Recent(-1, null);

    private record Recent(int index, byte[] bytes) {}

    private EntryStore(MemorySegment[] pieces, int[] places, Overflow overflow) {
        this.pieces = pieces;
        this.places = places;
        this.overflow = overflow;
    }

    Overflow overflow() {
        return overflow;
    }

    int size() {
        return places.length;
    }

    /** What the pieces take. */
    long heldBytes() {
        return Arrays.stream(pieces).mapToLong(MemorySegment::byteSize).sum();
    }

    /** One entry; nobody may change it. */
    byte[] get(int index) {
        Recent known = recent;
        if (known.index() == index) {
            return known.bytes();
        }
        byte[] bytes = read(pieces, places[index]);
        recent = new Recent(index, bytes);
        return bytes;
    }

    /** Whether two entries are the very same bytes at the same place. */
    boolean shares(int index, EntryStore other, int otherIndex) {
        int own = places[index];
        int its = other.places[otherIndex];
        return (own & OFFSET_MASK) == (its & OFFSET_MASK)
                && pieces[own >>> OFFSET_BITS] == other.pieces[its >>> OFFSET_BITS];
    }

    private static byte[] read(MemorySegment[] pieces, int place) {
        MemorySegment piece = pieces[place >>> OFFSET_BITS];
        long at = (long) (place & OFFSET_MASK) * UNIT;
        byte[] bytes = new byte[piece.get(LENGTH, at)];
        MemorySegment.copy(piece, JAVA_BYTE, at + Integer.BYTES, bytes, 0, bytes.length);
        return bytes;
    }

    /** Collects entries. For one thread. */
    static final class Builder {

        private final Overflow overflow;
        private MemorySegment[] pieces = new MemorySegment[4];
        private int pieceCount;
        private int[] places = new int[64];
        private int size;

        /** The piece that is being filled; the last one that counts. */
        private byte[] open = {};

        private int openNumber = -1;
        private int filled;
        private long usedBytes;

        /** Where the pieces of another store stand here, counted from 1. */
        private EntryStore shared = EMPTY;

        private int[] sharedNumbers = {};

        Builder(Overflow overflow) {
            this.overflow = overflow;
        }

        int size() {
            return size;
        }

        byte[] get(int index) {
            return read(pieces, places[index]);
        }

        /** Adds a copy of an entry's bytes. */
        void add(byte[] entry) {
            int needed = room(entry.length);
            if (filled + needed > open.length) {
                open = next(needed);
                openNumber = addPiece(MemorySegment.ofArray(open));
                filled = 0;
            }
            pieces[openNumber].set(LENGTH, filled, entry.length);
            System.arraycopy(entry, 0, open, filled + Integer.BYTES, entry.length);
            addPlace(openNumber << OFFSET_BITS | filled / UNIT);
            filled += needed;
            usedBytes += needed;
        }

        /** Adds an entry of another store, whose bytes are given, without copying them. */
        void share(EntryStore other, int index, byte[] entry) {
            if (other != shared) {
                shared = other;
                sharedNumbers = new int[other.pieces.length];
            }
            int place = other.places[index];
            int piece = place >>> OFFSET_BITS;
            if (sharedNumbers[piece] == 0) {
                sharedNumbers[piece] = addPiece(other.pieces[piece]) + 1;
            }
            addPlace(sharedNumbers[piece] - 1 << OFFSET_BITS | place & OFFSET_MASK);
            usedBytes += room(entry.length);
        }

        private static int room(int length) {
            return length + Integer.BYTES + UNIT - 1 & -UNIT;
        }

        private int addPiece(MemorySegment piece) {
            if (pieceCount == MAX_PIECES) {
                throw new IllegalArgumentException("a tree whose entries are too large");
            }
            if (pieceCount == pieces.length) {
                pieces = Arrays.copyOf(pieces, 2 * pieceCount);
            }
            pieces[pieceCount] = piece;
            return pieceCount++;
        }

        private void addPlace(int place) {
            if (size == places.length) {
                places = Arrays.copyOf(places, size + (size >> 1));
            }
            places[size++] = place;
        }

        /** What is full may leave the heap; then its array serves again. */
        private byte[] next(int needed) {
            if (openNumber >= HEAP_PIECES) {
                pieces[openNumber] = overflow.keep(open);
                // never the larger one of a large entry: offsets end with a common piece
                if (pieces[openNumber].heapBase().isEmpty()
                        && open.length == PIECE_BYTES
                        && needed <= PIECE_BYTES) {
                    return open;
                }
            }
            // begins small, so that a small manifest, or a small change of one, stays small
            int least = openNumber < 0 ? 1 << 12 : Math.min(4 * open.length, PIECE_BYTES);
            return new byte[Math.max(least, needed)];
        }

        /** The store; the builder is used up. */
        EntryStore build() {
            if (openNumber >= 0 && filled < open.length) {
                open = Arrays.copyOf(open, filled);
                pieces[openNumber] = MemorySegment.ofArray(open);
            }
            EntryStore store =
                    new EntryStore(
                            Arrays.copyOf(pieces, pieceCount),
                            size == places.length ? places : Arrays.copyOf(places, size),
                            overflow);
            return isWasteful() ? store.rewritten(usedBytes) : store;
        }

        /** Whether most of what the pieces hold belongs to entries that are gone. */
        private boolean isWasteful() {
            long held = 0;
            for (int i = 0; i < pieceCount; i++) {
                held += pieces[i].byteSize();
            }
            return held > 2 * usedBytes + PIECE_BYTES
                    || pieceCount > MANY_PIECES && pieceCount > usedBytes / (PIECE_BYTES / 8);
        }
    }

    private EntryStore rewritten(long bytes) {
        Builder builder = new Builder(overflow);
        for (int i = 0; i < size(); i++) {
            builder.add(read(pieces, places[i]));
        }
        EntryStore compact =
                new EntryStore(
                        Arrays.copyOf(builder.pieces, builder.pieceCount),
                        Arrays.copyOf(builder.places, builder.size),
                        overflow);
        assert builder.usedBytes == bytes;
        return compact;
    }
}
