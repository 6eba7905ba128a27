package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Where blocks of one customer's disks lie, by hash, as an open table in a file: 64 bytes header
 * ({@code "SFCI"}, u16 version, u16 zero, i64 slots, i64 used), then slots of 16 bytes: the first
 * eight bytes of the hash and where (u24 number of the source plus one, u40 block), zeros when
 * free. It is a hint and nothing more: whoever uses it looks into the manifest and hashes the
 * content, so it is never synced, and what is wrong in it costs a look. Memory does not grow with
 * it. The caller locks.
 */
final class CustomerIndex implements Closeable {

    static final int BLOCK_BITS = 40;

    private static final int MAGIC = 0x53464349;
    private static final int HEADER = 64;
    private static final int SLOT = 16;
    private static final int PROBE = 16;
    private static final long FIRST_SLOTS = 1 << 14;

    /** 1 GiB: forty million blocks, or 2.5 TiB of different content. */
    private static final long MAX_SLOTS = 1 << 26;

    private final PoolFiles files;
    private final Path path;
    private final ByteBuffer row = ByteBuffer.allocate(PROBE * SLOT);
    private PoolFile file;
    private long slots;
    private long used;

    private CustomerIndex(PoolFiles files, Path path) {
        this.files = files;
        this.path = path;
    }

    /** Visits candidates; true when it has what it wants. */
    interface Visitor {
        boolean candidate(int source, long block) throws IOException;
    }

    /** Opens a table; empty and {@link #isNew} when there was none that is understood. */
    static CustomerIndex open(PoolFiles files, Path path) throws IOException {
        CustomerIndex index = new CustomerIndex(files, path);
        index.file = files.open(path, PoolFiles.Mode.WRITE);
        try {
            index.load();
            return index;
        } catch (IOException | RuntimeException broken) {
            Closing.after(broken, List.of(index.file));
            throw broken;
        }
    }

    private void load() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        boolean known =
                file.read(header, 0) == HEADER
                        && header.getInt(0) == MAGIC
                        && header.getShort(4) == DirectoryPool.FORMAT;
        if (known) {
            slots = header.getLong(8);
            used = header.getLong(16);
            known =
                    Long.bitCount(slots) == 1
                            && slots >= FIRST_SLOTS
                            && slots <= MAX_SLOTS
                            && used >= 0
                            && file.sizeBytes() == HEADER + slots * SLOT;
        }
        if (!known) {
            begin(FIRST_SLOTS);
        }
    }

    boolean isNew() {
        return used == 0;
    }

    private void begin(long number) throws IOException {
        slots = number;
        used = 0;
        file.setSize(0);
        file.setSize(HEADER + slots * SLOT);
        writeHeader();
    }

    private void writeHeader() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putInt(MAGIC).putShort((short) DirectoryPool.FORMAT).putShort((short) 0);
        header.putLong(slots).putLong(used);
        file.write(header.clear(), 0);
    }

    private static long fingerprint(BlockHash hash) {
        return ByteBuffer.wrap(hash.toBytes()).getLong(0);
    }

    /** Reads the slots where a fingerprint may stand; they do not go beyond the table's end. */
    private long probe(long fingerprint) throws IOException {
        long first = Math.min(fingerprint >>> 3 & slots - 1, slots - PROBE);
        row.clear();
        if (file.read(row, HEADER + first * SLOT) != row.capacity()) {
            throw new Damage("index that ends early");
        }
        return first;
    }

    /** Notes where a content lies. */
    void add(BlockHash hash, int source, long block) throws IOException {
        if (used > slots / 2 && slots < MAX_SLOTS) {
            grow();
        }
        put(fingerprint(hash), (long) (source + 1) << BLOCK_BITS | block);
    }

    private void put(long fingerprint, long place) throws IOException {
        long first = probe(fingerprint);
        int slot = -1;
        for (int i = 0; i < PROBE; i++) {
            long there = row.getLong(i * SLOT);
            long where = row.getLong(i * SLOT + 8);
            if (where == place && there == fingerprint) {
                return;
            }
            if (where == 0) {
                slot = i;
                break;
            }
        }
        if (slot < 0) {
            // a full row forgets one: that content is then sent again, nothing worse
            slot = (int) (place & PROBE - 1);
        } else {
            used++;
        }
        ByteBuffer entry = ByteBuffer.allocate(SLOT).putLong(fingerprint).putLong(place).flip();
        file.write(entry, HEADER + (first + slot) * SLOT);
    }

    private void grow() throws IOException {
        Path beside = path.resolveSibling(path.getFileName() + ".new");
        CustomerIndex larger = new CustomerIndex(files, beside);
        larger.file = files.open(beside, PoolFiles.Mode.REPLACE);
        try {
            fill(larger);
            file.close();
            files.rename(beside, path);
        } catch (IOException | RuntimeException broken) {
            Closing.after(broken, List.of(larger.file));
            throw broken;
        }
        file = larger.file;
        slots = larger.slots;
        used = larger.used;
    }

    private void fill(CustomerIndex larger) throws IOException {
        larger.begin(slots * 2);
        ByteBuffer piece = ByteBuffer.allocate(1 << 16);
        for (long first = 0; first < slots; first += piece.capacity() / SLOT) {
            file.read(piece.clear(), HEADER + first * SLOT);
            piece.flip();
            while (piece.remaining() >= SLOT) {
                long fingerprint = piece.getLong();
                long place = piece.getLong();
                if (place != 0) {
                    larger.put(fingerprint, place);
                }
            }
        }
        larger.writeHeader();
    }

    /** Visits where a content may lie. */
    boolean find(BlockHash hash, Visitor visitor) throws IOException {
        if (used == 0) {
            return false;
        }
        long fingerprint = fingerprint(hash);
        probe(fingerprint);
        long[] places = new long[PROBE];
        int count = 0;
        for (int i = 0; i < PROBE; i++) {
            long where = row.getLong(i * SLOT + 8);
            if (where != 0 && row.getLong(i * SLOT) == fingerprint) {
                places[count++] = where;
            }
        }
        for (int i = 0; i < count; i++) {
            int source = (int) (places[i] >>> BLOCK_BITS) - 1;
            if (visitor.candidate(source, places[i] & (1L << BLOCK_BITS) - 1)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        PoolFile last = file;
        try (last) {
            writeHeader();
        }
    }
}
