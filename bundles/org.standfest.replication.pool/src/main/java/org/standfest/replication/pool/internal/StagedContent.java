package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.SyncWatch;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a session received: contents one after the other in {@code blocks}, and what happened in
 * {@code log}, records of 64 bytes: i32 type, i32 volume, i64 index, i64 length, 32 bytes hash, i32
 * zero, i32 CRC-32C of the 60 bytes before.
 *
 * <p>Contents begin at multiples of 4 096, so that a file system that shares blocks need not copy
 * them.
 *
 * <p>Neither file is made durable before the commit: after a crash every content is hashed again,
 * and what did not survive has to be sent again. A torn record ends the log.
 */
final class StagedContent implements Closeable {

    private static final int HEADER = 64;
    private static final int RECORD = 64;

    /** After a crash so many blocks may have to be sent again. */
    private static final int PENDING = 64;

    private static final int MAGIC = 0x5346534c;
    private static final int LENGTH_BITS = 17;
    private static final long LENGTH_MASK = (1L << LENGTH_BITS) - 1;
    private static final long MAX_POSITION = 1L << 46;

    /** What a record says. */
    private static final int CONTENT = 1;

    private static final int PLACED = 2;
    private static final int ZEROED = 3;
    private static final int DIRECT = 4;
    private static final int PRESENT = 5;

    private final PoolFiles files;
    private final SystemFiles.Incoming incoming;
    private final StagedTable contents = new StagedTable();
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer record = ByteBuffer.allocate(RECORD);

    /** Records that are not written yet: a call for each would cost more than its block. */
    private final ByteBuffer pending = ByteBuffer.allocate(PENDING * RECORD);

    private final ByteBuffer scratch = ByteBuffer.allocateDirect(Blocks.SIZE);
    private final SyncWatch watch;

    /** Whether an earlier session wrote contents, whose watch has closed since. */
    private final boolean continued;

    private PoolFile blocks;
    private EarlyWriting early;
    private PoolFile log;
    private long blocksEnd;
    private long logEnd;

    private StagedContent(PoolFiles files, SystemFiles.Incoming incoming, boolean continued)
            throws IOException {
        this.files = files;
        this.incoming = incoming;
        this.continued = continued;
        this.watch = files.watch(incoming.root());
    }

    /** Hears what an earlier attempt did, in order. */
    interface Replay {
        void placed(int volume, long index, BlockHash hash) throws IOException;

        void zeroed(int volume, long index, long count) throws IOException;

        /** Content that lies at its place in the native form; it is to be checked. */
        void direct(int volume, long index, BlockHash hash, boolean placed) throws IOException;
    }

    /** Begins with nothing. */
    static StagedContent create(PoolFiles files, SystemFiles.Incoming incoming) throws IOException {
        StagedContent staged = open(files, incoming, PoolFiles.Mode.REPLACE);
        try {
            staged.writeHeader();
            return staged;
        } catch (IOException broken) {
            Closing.after(broken, List.of(staged));
            throw broken;
        }
    }

    private static StagedContent open(
            PoolFiles files, SystemFiles.Incoming incoming, PoolFiles.Mode mode)
            throws IOException {
        StagedContent staged = new StagedContent(files, incoming, mode != PoolFiles.Mode.REPLACE);
        try {
            staged.blocks = files.open(incoming.blocks(), mode);
            staged.early = new EarlyWriting(staged.blocks);
            staged.log = files.open(incoming.log(), mode);
            return staged;
        } catch (IOException broken) {
            Closing.after(broken, List.of(staged));
            throw broken;
        }
    }

    private void writeHeader() throws IOException {
        ByteBuffer header =
                ByteBuffer.allocate(HEADER).putInt(MAGIC).putShort((short) DirectoryPool.FORMAT);
        log.write(header.clear(), 0);
        logEnd = HEADER;
    }

    /** Opens what is there; {@link #replay} has to follow. Damage when it is not understood. */
    static StagedContent reopen(PoolFiles files, SystemFiles.Incoming incoming) throws IOException {
        return open(files, incoming, PoolFiles.Mode.WRITE);
    }

    /** Goes through the log of an earlier attempt and finds out which contents survived. */
    void replay(Replay replay) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        boolean known =
                log.read(header, 0) == HEADER
                        && header.getInt(0) == MAGIC
                        && header.getShort(4) == DirectoryPool.FORMAT;
        if (!known) {
            throw new Damage("session log that is none, or of another version");
        }
        logEnd = HEADER;
        while (readRecord()) {
            int type = record.getInt();
            int volume = record.getInt();
            long index = record.getLong();
            long length = record.getLong();
            BlockHash hash = BlockHash.at(record.array(), record.position());
            switch (type) {
                case CONTENT -> recover(hash, index, length);
                case PLACED -> replay.placed(volume, index, hash);
                case ZEROED -> replay.zeroed(volume, index, length);
                case DIRECT -> replay.direct(volume, index, hash, true);
                case PRESENT -> replay.direct(volume, index, hash, false);
                default -> throw new Damage("session log with an unknown record " + type);
            }
            logEnd += RECORD;
        }
        log.setSize(logEnd);
        blocks.setSize(Math.max(blocksEnd, 0));
    }

    private boolean readRecord() throws IOException {
        record.clear();
        if (log.read(record, logEnd) != RECORD) {
            return false;
        }
        record.flip();
        return record.getInt(RECORD - 4) == sum();
    }

    private int sum() {
        CRC32C crc = new CRC32C();
        crc.update(record.array(), 0, RECORD - 4);
        return (int) crc.getValue();
    }

    private void recover(BlockHash hash, long position, long length) throws IOException {
        if (position < 0 || position >= MAX_POSITION || length < 1 || length > Blocks.SIZE) {
            throw new Damage("session log with a wrong place");
        }
        blocksEnd = Math.max(blocksEnd, BlockTable.align(position + length));
        scratch.clear().limit((int) length);
        if (blocks.read(scratch, position) == length && hasher.hash(scratch.flip()).equals(hash)) {
            contents.put(hash, position << LENGTH_BITS | length);
        }
    }

    private void append(int type, int volume, long index, long length, BlockHash hash)
            throws IOException {
        if (!pending.hasRemaining()) {
            writeLog(); // the last attempt failed
        }
        record.clear();
        record.putInt(type)
                .putInt(volume)
                .putLong(index)
                .putLong(length)
                .put(hash.toBytes())
                .putInt(0);
        record.putInt(sum());
        pending.put(record.flip());
        if (!pending.hasRemaining()) {
            writeLog();
        }
    }

    /** Writes the records that wait; where that fails they wait on. */
    void writeLog() throws IOException {
        int bytes = pending.position();
        if (bytes > 0) {
            log.write(pending.duplicate().flip(), logEnd);
            logEnd += bytes;
            pending.clear();
        }
    }

    /** Keeps a content that was checked. */
    void add(BlockHash hash, ByteBuffer content) throws IOException {
        if (has(hash)) {
            return;
        }
        int length = content.remaining();
        blocks.write(content.duplicate(), blocksEnd);
        early.wrote(blocksEnd, length);
        append(CONTENT, 0, blocksEnd, length, hash);
        contents.put(hash, blocksEnd << LENGTH_BITS | length);
        blocksEnd = BlockTable.align(blocksEnd + length);
    }

    void logPlaced(int volume, long index, BlockHash hash) throws IOException {
        append(PLACED, volume, index, 0, hash);
    }

    void logZeroed(int volume, long index, long count) throws IOException {
        append(ZEROED, volume, index, count, BlockHash.ZERO);
    }

    void logDirect(int volume, long index, BlockHash hash, boolean placed) throws IOException {
        append(placed ? DIRECT : PRESENT, volume, index, 0, hash);
    }

    /** Starts a new log for another snapshot; the contents stay. */
    void restart() throws IOException {
        pending.clear();
        log.close();
        log = files.open(incoming.log(), PoolFiles.Mode.REPLACE);
        writeHeader();
        List<BlockHash> hashes = new ArrayList<>();
        contents.each((hash, place) -> hashes.add(hash));
        for (BlockHash hash : hashes) {
            append(CONTENT, 0, position(hash), length(hash), hash);
        }
    }

    boolean has(BlockHash hash) {
        return contents.get(hash) >= 0;
    }

    /** Where a content begins in the blocks file; -1 when it is not there. */
    long position(BlockHash hash) {
        long place = contents.get(hash);
        return place < 0 ? -1 : place >> LENGTH_BITS;
    }

    /** The length of a content that is there. */
    int length(BlockHash hash) {
        return (int) (contents.get(hash) & LENGTH_MASK);
    }

    /**
     * Reads a content into a cleared buffer, ready to be read from; false when it is not there or
     * no longer right.
     */
    boolean read(BlockHash hash, ByteBuffer target) throws IOException {
        long place = contents.get(hash);
        if (place < 0) {
            return false;
        }
        target.clear().limit(length(hash));
        boolean right =
                blocks.read(target, place >> LENGTH_BITS) == length(hash)
                        && hasher.hash(target.flip()).equals(hash);
        if (!right) {
            contents.remove(hash);
        }
        return right;
    }

    /** The file with the contents, to read from. */
    PoolFile blocks() {
        return blocks;
    }

    /** Makes the log durable. */
    void forceLog() throws IOException {
        writeLog();
        log.force();
    }

    void force() throws IOException {
        writeLog();
        blocks.force();
    }

    /** Makes all that the session wrote durable, wherever it wrote it. */
    void syncAll() throws IOException {
        writeLog();
        if (continued) {
            // a write of the earlier session that failed since: only the file remembers
            blocks.force();
        }
        watch.syncAll(incoming.root());
    }

    @Override
    public void close() throws IOException {
        try (SyncWatch first = watch;
                PoolFile second = blocks;
                PoolFile third = log) {
            assert first != null && (second == null || second != third);
            writeLog();
        }
    }
}
