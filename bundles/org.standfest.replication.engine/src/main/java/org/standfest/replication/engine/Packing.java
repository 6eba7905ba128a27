package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.Encoding;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;

/** Brings blocks into the form that travels, on several threads. For one user at a time. */
final class Packing implements AutoCloseable {

    private final ExecutorService threads;
    private final ConcurrentLinkedQueue<Packer> idle = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Packer> all = new ConcurrentLinkedQueue<>();

    /** What one thread needs. */
    private static final class Packer {
        final BlockPacker packer = new BlockPacker();
        final SubBlocks subBlocks = new SubBlocks();
    }

    /**
     * A block to pack.
     *
     * @param level how much to compress
     * @param subHashes holds, from {@code at} on, the receiver's shortened hashes of an older
     *     content; {@code null}: it has none
     */
    record Job(int volume, FoundBlock found, int level, byte[] subHashes, int at) {

        private boolean asItIs() {
            return level == Compression.RAW && subHashes == null || found.hash().isZero();
        }
    }

    Packing(ExecutorService threads) {
        this.threads = threads;
    }

    /** Starts to pack; the messages come in the order of the jobs. */
    List<Future<List<Message>>> start(List<Job> jobs, int atOnce) {
        List<Future<List<Message>>> started = new ArrayList<>();
        for (int from = 0; from < jobs.size(); from += atOnce) {
            List<Job> group = jobs.subList(from, Math.min(jobs.size(), from + atOnce));
            started.add(
                    group.stream().allMatch(Job::asItIs)
                            ? CompletableFuture.completedFuture(
                                    group.stream().map(Packing::plain).toList())
                            : threads.submit(() -> pack(group)));
        }
        return started;
    }

    /** Starts to pack contents of a tree together; the messages come in the contents' order. */
    List<Future<List<Message>>> together(
            int volume, List<FoundBlock> contents, IntUnaryOperator level) {
        List<Future<List<Message>>> started = new ArrayList<>();
        for (PackBuilder pack : PackBuilder.divide(volume, contents)) {
            int wanted = level.applyAsInt(pack.rawBytes());
            started.add(
                    wanted == Compression.RAW
                            ? CompletableFuture.completedFuture(List.of(pack.plain()))
                            : threads.submit(() -> pack(pack, wanted)));
        }
        return started;
    }

    /** Starts to pack a row of blocks. */
    Future<Message> bare(int volume, BareRow row, int level) {
        return level == Compression.RAW
                ? CompletableFuture.completedFuture(
                        bare(volume, row, new BlockPacker.Packed(Encoding.RAW, row.content())))
                : threads.submit(() -> pack(volume, row, level));
    }

    private Message pack(int volume, BareRow row, int level) {
        Packer packer = packer();
        try {
            return bare(
                    volume, row, packer.packer.pack(row.content(), row.content().length, level));
        } finally {
            idle.add(packer);
        }
    }

    private static Message bare(int volume, BareRow row, BlockPacker.Packed packed) {
        return new Message.Bare(
                volume,
                row.firstBlock(),
                row.checksum(),
                packed.encoding(),
                row.content().length,
                packed.content());
    }

    private List<Message> pack(PackBuilder pack, int level) {
        Packer packer = packer();
        try {
            return List.of(pack.packed(packer.packer, level));
        } finally {
            idle.add(packer);
        }
    }

    private Packer packer() {
        Packer packer = idle.poll();
        if (packer == null) {
            packer = new Packer();
            all.add(packer);
        }
        return packer;
    }

    private static Message plain(Job job) {
        FoundBlock found = job.found();
        if (found.hash().isZero()) {
            return new Message.ZeroRange(job.volume(), found.index(), 1);
        }
        return new Message.Block(
                job.volume(),
                found.index(),
                found.hash().toBytes(),
                Encoding.RAW,
                found.content().length,
                found.content());
    }

    private List<Message> pack(List<Job> group) {
        Packer packer = packer();
        try {
            List<Message> messages = new ArrayList<>(group.size());
            for (Job job : group) {
                messages.add(job.asItIs() ? plain(job) : pack(packer, job));
            }
            return messages;
        } finally {
            idle.add(packer);
        }
    }

    private static Message pack(Packer packer, Job job) {
        FoundBlock found = job.found();
        byte[] hash = found.hash().toBytes();
        int parts =
                job.subHashes() == null
                        ? 0
                        : packer.subBlocks.differing(found.content(), job.subHashes(), job.at());
        byte[] content = parts == 0 ? found.content() : SubBlocks.gather(found.content(), parts);
        BlockPacker.Packed packed = packer.packer.pack(content, content.length, job.level());
        return parts == 0
                ? new Message.Block(
                        job.volume(),
                        found.index(),
                        hash,
                        packed.encoding(),
                        content.length,
                        packed.content())
                : new Message.Patch(
                        job.volume(),
                        found.index(),
                        hash,
                        parts,
                        packed.encoding(),
                        content.length,
                        packed.content());
    }

    /** Lets the threads finish first: what compresses must not lose its memory meanwhile. */
    @Override
    public void close() {
        threads.close();
        all.forEach(packer -> packer.packer.close());
    }
}
