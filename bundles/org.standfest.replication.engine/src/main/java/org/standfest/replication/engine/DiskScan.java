package org.standfest.replication.engine;

import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.DiskView;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.CRC32C;

/**
 * Finds the blocks of a disk that differ from a basis: reads segments on several threads, passes
 * what has the fingerprint it had, hashes the rest, and hands the results out in order. Memory: a
 * few segments.
 */
final class DiskScan {

    private static final int SEGMENT_BLOCKS = 16;

    /**
     * A piece to look at.
     *
     * @param hole it reads as zeros, nothing has to be read
     */
    record Segment(long firstBlock, long blocks, boolean hole) {

        long endBlock() {
            return firstBlock + blocks;
        }
    }

    /** Takes what was found in one segment. */
    @FunctionalInterface
    interface Taker {
        void take(Segment segment, Looked looked) throws IOException, SourceFault;
    }

    /**
     * What was found in a segment.
     *
     * @param found blocks that differ, in order; none when rows were wanted
     * @param rows the same as rows without hashes
     * @param prints two words for every block of the segment
     * @param fresh one bit for every block whose fingerprint is new
     */
    record Looked(List<FoundBlock> found, List<BareRow> rows, long[] prints, int fresh) {

        private static final Looked NOTHING = new Looked(List.of(), List.of(), new long[0], 0);
    }

    /** What one thread needs. */
    private static final class Worker {

        private static final MemorySegment ZEROS =
                Arena.global().allocate(Blocks.SIZE).asReadOnly();

        final ByteBuffer buffer;
        final MemorySegment memory;
        final BlockHasher hasher = new BlockHasher();
        final Fingerprinter fingerprinter;
        final CRC32C checksum = new CRC32C();

        Worker(PrintKey key, ByteBuffer buffer) {
            this.buffer = buffer;
            memory = MemorySegment.ofBuffer(buffer);
            fingerprinter = new Fingerprinter(key);
        }

        boolean isZero(long at, int length) {
            return MemorySegment.mismatch(memory, at, at + length, ZEROS, 0, length) < 0;
        }
    }

    /**
     * Memory outside the heap that one scan leaves to the next: the collector would give it back
     * only when it looks at old objects. Safe for any thread.
     */
    static final class Spares {

        private static final int MOST = 16;

        private final BlockingQueue<ByteBuffer> spare = new ArrayBlockingQueue<>(MOST);

        private ByteBuffer take() {
            ByteBuffer buffer = spare.poll();
            return buffer == null
                    ? ByteBuffer.allocateDirect(SEGMENT_BLOCKS * Blocks.SIZE)
                    : buffer.clear();
        }

        private void giveBack(ByteBuffer buffer) {
            spare.offer(buffer);
        }
    }

    private final DiskView view;
    private final DiskManifest basis;
    private final DiskPrints prints;
    private final ExecutorService threads;
    private final Spares spares;
    private final int ahead;
    private final BlockingQueue<Worker> workers = new LinkedBlockingQueue<>();
    private final long sizeBytes;

    /**
     * @param basis what the receiver has; may be of another size
     * @param prints fingerprints of what the receiver has, as far as they are known
     * @param ahead how many segments are looked at at once
     * @param spares where memory comes from and goes to
     */
    DiskScan(
            DiskView view,
            DiskManifest basis,
            DiskPrints prints,
            ExecutorService threads,
            int ahead,
            Spares spares) {
        this.spares = spares;
        this.view = view;
        this.basis = basis;
        this.prints = prints;
        this.threads = threads;
        this.ahead = ahead;
        this.sizeBytes = view.sizeBytes();
    }

    /**
     * The segments that cover some ranges; what lies between are holes if wanted, otherwise left
     * out.
     */
    static List<Segment> segments(List<ByteRange> ranges, long sizeBytes, boolean holesBetween) {
        List<Segment> segments = new ArrayList<>();
        long total = Blocks.count(sizeBytes);
        long next = 0;
        for (ByteRange range : ranges) {
            long first = Math.max(next, range.position() / Blocks.SIZE);
            long end = Math.min(total, (range.end() + Blocks.SIZE - 1) / Blocks.SIZE);
            if (first >= end) {
                continue;
            }
            if (holesBetween && first > next) {
                segments.add(new Segment(next, first - next, true));
            }
            for (long at = first; at < end; at += SEGMENT_BLOCKS) {
                segments.add(new Segment(at, Math.min(SEGMENT_BLOCKS, end - at), false));
            }
            next = end;
        }
        if (holesBetween && next < total) {
            segments.add(new Segment(next, total - next, true));
        }
        return segments;
    }

    /** What of ascending segments lies at a block or behind it. */
    static List<Segment> from(List<Segment> segments, long block) {
        List<Segment> rest = new ArrayList<>();
        for (Segment segment : segments) {
            long first = Math.max(segment.firstBlock(), block);
            if (first < segment.endBlock()) {
                rest.add(new Segment(first, segment.endBlock() - first, segment.hole()));
            }
        }
        return rest;
    }

    /** What of ascending segments lies before a block. */
    static List<Segment> until(List<Segment> segments, long block) {
        List<Segment> first = new ArrayList<>();
        for (Segment segment : segments) {
            long blocks = Math.min(segment.endBlock(), block) - segment.firstBlock();
            if (blocks > 0) {
                first.add(new Segment(segment.firstBlock(), blocks, segment.hole()));
            }
        }
        return first;
    }

    /**
     * Looks at segments; the taker is called on this thread, in order. May be called once more.
     *
     * @param bare rows without hashes are wanted; the basis has to be all zeros
     */
    void run(List<Segment> segments, boolean bare, Taker taker) throws IOException, SourceFault {
        for (int i = 0; i < ahead; i++) {
            workers.add(new Worker(prints.key(), spares.take()));
        }
        Deque<Future<Looked>> running = new ArrayDeque<>();
        int begun = 0;
        try {
            for (int done = 0; done < segments.size(); done++) {
                while (begun < segments.size() && running.size() < ahead) {
                    Segment segment = segments.get(begun++);
                    running.addLast(threads.submit(() -> look(segment, bare)));
                }
                taker.take(segments.get(done), result(running.removeFirst()));
            }
        } finally {
            running.forEach(future -> future.cancel(false));
            end();
        }
    }

    /** What is still read into is not given back. */
    private void end() {
        for (Worker worker = workers.poll(); worker != null; worker = workers.poll()) {
            spares.giveBack(worker.buffer);
        }
    }

    private static Looked result(Future<Looked> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private Looked look(Segment segment, boolean bare) throws IOException, InterruptedException {
        if (segment.hole()) {
            return bare
                    ? Looked.NOTHING
                    : new Looked(lookAtHole(segment), List.of(), new long[0], 0);
        }
        Worker worker = workers.take();
        try {
            ByteBuffer buffer = read(segment, worker);
            return bare ? lookForRows(segment, worker, buffer) : compare(segment, worker, buffer);
        } finally {
            workers.add(worker);
        }
    }

    private List<FoundBlock> lookAtHole(Segment segment) {
        List<FoundBlock> found = new ArrayList<>();
        basis.forEachNonZero(
                segment.firstBlock(),
                segment.endBlock(),
                index -> found.add(new FoundBlock(index, BlockHash.ZERO, null)));
        return found;
    }

    private ByteBuffer read(Segment segment, Worker worker) throws IOException {
        long position = segment.firstBlock() * Blocks.SIZE;
        int length = (int) Math.min(segment.blocks() * Blocks.SIZE, sizeBytes - position);
        ByteBuffer buffer = worker.buffer.clear().limit(length);
        int count = view.read(position, buffer);
        if (count != length) {
            throw new IOException("read " + count + " of " + length + " bytes at " + position);
        }
        return buffer.flip();
    }

    private Looked compare(Segment segment, Worker worker, ByteBuffer buffer) {
        List<FoundBlock> found = new ArrayList<>();
        long[] words = new long[2 * (int) segment.blocks()];
        int fresh = 0;
        for (int i = 0; i < segment.blocks(); i++) {
            int at = i * Blocks.SIZE;
            int size = Math.min(Blocks.SIZE, buffer.limit() - at);
            long index = segment.firstBlock() + i;
            if (!recognised(worker, index, at, size, words, 2 * i)) {
                fresh |= 1 << i;
                FoundBlock one = compare(index, buffer.slice(at, size), worker.hasher);
                if (one != null) {
                    found.add(one);
                }
            }
        }
        return new Looked(found, List.of(), words, fresh);
    }

    private Looked lookForRows(Segment segment, Worker worker, ByteBuffer buffer) {
        List<BareRow> rows = new ArrayList<>();
        long[] words = new long[2 * (int) segment.blocks()];
        int fresh = 0;
        int from = 0;
        for (int i = 0; i < segment.blocks(); i++) {
            int at = i * Blocks.SIZE;
            int size = Math.min(Blocks.SIZE, buffer.limit() - at);
            if (worker.isZero(at, size)) {
                addRow(rows, segment, worker, from, at);
                from = at + size;
                continue;
            }
            worker.fingerprinter.print(worker.memory, at, size, words, 2 * i);
            fresh |= 1 << i;
            if (at + size - from == Limits.PACK_BYTES) {
                addRow(rows, segment, worker, from, at + size);
                from = at + size;
            }
        }
        addRow(rows, segment, worker, from, buffer.limit());
        return new Looked(List.of(), rows, words, fresh);
    }

    private void addRow(List<BareRow> rows, Segment segment, Worker worker, int from, int to) {
        if (from == to) {
            return;
        }
        ByteBuffer piece = worker.buffer.slice(from, to - from);
        worker.checksum.reset();
        worker.checksum.update(piece.duplicate());
        byte[] content = new byte[to - from];
        piece.get(0, content);
        long first = segment.firstBlock() + from / Blocks.SIZE;
        // Which rows are looked at nobody else can know.
        boolean sampled = rows.isEmpty() && prints.key().chooses(first / SEGMENT_BLOCKS);
        BlockHash sample =
                sampled
                        ? worker.hasher.hash(content, 0, Math.min(Blocks.SIZE, content.length))
                        : null;
        rows.add(new BareRow(first, content, (int) worker.checksum.getValue(), sample));
    }

    /** Whether a block is surely what it was; puts its fingerprint unless it is all zeros. */
    private boolean recognised(
            Worker worker, long index, int at, int size, long[] words, int place) {
        if (worker.isZero(at, size)) {
            return index < basis.blockCount() && basis.hash(index).isZero();
        }
        worker.fingerprinter.print(worker.memory, at, size, words, place);
        return prints.matches(index, words[place], words[place + 1]) && index < basis.blockCount();
    }

    private FoundBlock compare(long index, ByteBuffer block, BlockHasher hasher) {
        BlockHash hash = hasher.hash(block);
        boolean same =
                index < basis.blockCount()
                        && hash.equals(basis.hash(index))
                        && (hash.isZero()
                                || Blocks.length(index, basis.sizeBytes()) == block.remaining());
        if (same || hash.isZero() && index >= basis.blockCount()) {
            return null;
        }
        if (hash.isZero()) {
            return new FoundBlock(index, hash, null);
        }
        byte[] content = new byte[block.remaining()];
        block.get(0, content);
        return new FoundBlock(index, hash, content);
    }

    /** Reads one block again. */
    FoundBlock reread(long index) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Blocks.length(index, sizeBytes));
        int count = view.read(index * Blocks.SIZE, buffer);
        if (count != buffer.capacity()) {
            throw new IOException("read " + count + " of " + buffer.capacity() + " bytes");
        }
        return new FoundBlock(index, new BlockHasher().hash(buffer.flip()), buffer.array());
    }
}
