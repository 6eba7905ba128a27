package org.standfest.replication.engine;

import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.SessionReady;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Transfers a snapshot over a channel: finds what differs from what the receiver has, sends only
 * that, and has it committed. Used by the agent into the pool and by the standby towards a
 * returning machine.
 *
 * <p>A sender keeps nothing between calls; whoever wants to go on after a break calls again with
 * the same work and memory. Safe for any thread, each call for its own channel.
 */
public final class SessionSender {

    /** Option of a volume: {@code on}, {@code off}, {@code auto} or a level, -7 to 19. */
    public static final String COMPRESS = "compress";

    /** Segments looked at at once, for every thread. */
    private static final int SEGMENTS_AHEAD = 2;

    private final PoolFiles files;
    private final Settings settings;
    private final SenderTools tools;
    private final DiskScan.Spares spares = new DiskScan.Spares();

    /**
     * How much machine a sender uses.
     *
     * @param hashThreads threads that read and hash, 1 or more
     */
    public record Settings(int hashThreads, CompressionChoice compression) {

        /** Two threads, compression when it pays. */
        public static final Settings STANDARD = new Settings(2, new CompressionChoice.Auto());

        /** Checks the ranges. */
        public Settings {
            if (hashThreads < 1) {
                throw new IllegalArgumentException(hashThreads + " threads");
            }
        }

        /**
         * Compression when it pays, or never.
         *
         * @param compress whether blocks are compressed when it pays
         */
        public Settings(int hashThreads, boolean compress) {
            this(
                    hashThreads,
                    compress ? new CompressionChoice.Auto() : new CompressionChoice.Off());
        }
    }

    /**
     * A committed session.
     *
     * @param token the receiver's name of the state: the recovery point's id
     * @param epoch the epoch the receiver knows
     * @param basis what the receiver has now
     * @param prepared whether the state waits for its group and is no recovery point yet: if the
     *     group comes to nothing, the next session finds another token at the receiver and compares
     *     everything with that
     * @param facts figures
     */
    public record Sent(
            String token, long epoch, Basis basis, boolean prepared, Map<String, String> facts) {}

    /** Takes the number of bytes examined so far and altogether (0: unknown). */
    @FunctionalInterface
    public interface Progress {
        /** Called every few megabytes; must return at once. */
        void at(long doneBytes, long totalBytes);

        /**
         * It waits for its turn; must return at once.
         *
         * @param ahead how many are before it; empty: it waits no longer
         */
        default void waits(OptionalInt ahead) {}
    }

    /**
     * @param files how file trees are read
     */
    public SessionSender(PoolFiles files, Settings settings) {
        this(files, settings, SenderTools.standard());
    }

    /**
     * With everything that comes from outside.
     *
     * @param files how file trees are read
     */
    public SessionSender(PoolFiles files, Settings settings, SenderTools tools) {
        this.files = files;
        this.settings = settings;
        this.tools = tools;
    }

    /**
     * Transfers.
     *
     * @return refused when the receiver does not want it (another agent's system, an older epoch, a
     *     full disk); failed when the line broke ({@link ChannelException} as cause), the source
     *     could not be read, or it was cancelled
     */
    public Outcome<Sent> send(
            Channel channel,
            SessionWork work,
            SessionMemory memory,
            Progress progress,
            Cancellation cancellation) {
        long before = channel.traffic().bytes();
        try {
            return new Transfer(channel, before, work, memory, progress, cancellation).run();
        } catch (ChannelException fault) {
            return fault.toOutcome();
        } catch (SourceFault fault) {
            return fault.toOutcome();
        } finally {
            memory.counts.bytesOnWire.add(channel.traffic().bytes() - before);
        }
    }

    /** One connection's worth. */
    private final class Transfer {

        private final Channel channel;
        private final long wireBefore;
        private final SessionWork work;
        private final Snapshot snapshot;
        private final SessionMemory memory;
        private final Progress progress;
        private final Cancellation cancellation;
        private final Map<Integer, DiskSending> sendings = new TreeMap<>();
        private final Map<Integer, byte[]> treeRoots = new HashMap<>();
        private final Map<String, TreeManifest> trees = new HashMap<>();
        private final Map<String, TreeIndex> indexes = new HashMap<>();
        private SessionReady ready;
        private ReceiverBases bases;
        private boolean scanned;
        private long doneBytes;
        private long totalBytes;

        Transfer(
                Channel channel,
                long wireBefore,
                SessionWork work,
                SessionMemory memory,
                Progress progress,
                Cancellation cancellation) {
            this.channel = channel;
            this.wireBefore = wireBefore;
            this.work = work;
            this.snapshot = work.snapshot();
            this.memory = memory;
            this.progress = progress;
            this.cancellation = cancellation;
        }

        Outcome<Sent> run() throws ChannelException, SourceFault {
            open();
            try (ExecutorService threads =
                            Executors.newFixedThreadPool(settings.hashThreads(), tools.threads());
                    Packing packing = new Packing(threads);
                    Exchange exchange =
                            new Exchange(
                                    channel,
                                    ready.windowBytes(),
                                    packing,
                                    new Compression(compression(), firstBytes()),
                                    tools.shares().join(work.priority(), work.limit()),
                                    tools,
                                    memory.counts,
                                    cancellation)) {
                return transfer(exchange, threads);
            }
        }

        private long firstBytes() {
            boolean firstCopy =
                    ready.roots().stream().allMatch(root -> BlockHash.at(root, 0).isZero());
            return firstCopy ? Compression.FIRST_COPY_BYTES : Compression.FIRST_BYTES;
        }

        /** What the volumes want; the first that says something counts. */
        private CompressionChoice compression() {
            return work.volumes().stream()
                    .map(volume -> volume.options().get(COMPRESS))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(CompressionChoice::of)
                    .orElse(settings.compression());
        }

        private Outcome<Sent> transfer(Exchange exchange, ExecutorService threads)
                throws SourceFault {
            try {
                for (int number = 0; number < work.volumes().size(); number++) {
                    VolumeSource volume = work.volumes().get(number);
                    if (volume.kind() == VolumeKind.DISK) {
                        disk(number, volume.name(), exchange, threads);
                    } else {
                        treeRoots.put(number, tree(number, volume, exchange));
                    }
                }
                for (var file : snapshot.attachments().entrySet()) {
                    exchange.attach(file.getKey(), file.getValue());
                }
                return Outcome.done(sent(commit(exchange)));
            } catch (ChannelException fault) {
                return exchange.lastWords(fault).toOutcome();
            } catch (SourceFault fault) {
                suspend(fault);
                throw fault;
            }
        }

        /** Commits; sends first what the receiver could not put together from sub-blocks. */
        private Message.Committed commit(Exchange exchange) throws ChannelException, SourceFault {
            while (true) {
                Message answer = exchange.commit(roots(), work.group());
                if (answer instanceof Message.Committed committed) {
                    return committed;
                }
                Message.Again again = (Message.Again) answer;
                DiskSending sending = sendings.get(again.volume());
                boolean known = sending != null || treeRoots.containsKey(again.volume());
                if (!known || again.indices().isEmpty()) {
                    throw Faults.protocol("blocks of volume " + again.volume() + " wanted again");
                }
                if (sending != null) {
                    sending.resend(again.indices(), exchange);
                } else {
                    resendTree(again, exchange);
                }
            }
        }

        private void resendTree(Message.Again again, Exchange exchange)
                throws ChannelException, SourceFault {
            String name = work.volumes().get(again.volume()).name();
            TreeManifest basis = bases.tree(again.volume(), name, exchange);
            try (TreeFiles tree = files.tree(snapshot.tree(name))) {
                new TreeResend(again.volume(), basis, trees.get(name))
                        .send(again.indices(), tree, exchange);
            } catch (ChannelException broken) {
                throw broken;
            } catch (IOException unreadable) {
                throw Faults.unreadable(name, unreadable);
            }
        }

        private List<byte[]> roots() {
            List<byte[]> roots = new ArrayList<>();
            for (int number = 0; number < work.volumes().size(); number++) {
                DiskSending disk = sendings.get(number);
                roots.add(disk == null ? treeRoots.get(number) : disk.manifest().root().toBytes());
            }
            return roots;
        }

        private void suspend(SourceFault why) {
            try {
                channel.send(new Message.Suspend(why.explanation().code()));
            } catch (ChannelException _) {
                // The receiver notices a closed line just as well.
                return;
            }
        }

        private void open() throws ChannelException, SourceFault {
            List<VolumeHead> heads = work.volumes().stream().map(volume -> head(volume)).toList();
            totalBytes = heads.stream().mapToLong(VolumeHead::sizeBytes).sum();
            channel.send(
                    new Message.SessionOpen(
                            work.sessionKey(),
                            work.systemId(),
                            work.epoch(),
                            instantMillis(),
                            work.basis().map(Basis::token).orElse(""),
                            heads,
                            work.machine()));
            if (!(TurnRequest.afterQueue(channel, progress, cancellation)
                            instanceof SessionReady answer)
                    || answer.roots().size() != heads.size()) {
                throw Faults.protocol("no answer to the opening of a session");
            }
            ready = answer;
            memory.connected(ready.basisToken(), ready.resumed());
            bases = new ReceiverBases(ready, work, memory, tools.random(), files.overflow());
        }

        private long instantMillis() {
            return work.instantMillis().orElse(snapshot.takenAt().toEpochMilli());
        }

        private VolumeHead head(VolumeSource volume) {
            long size =
                    volume.kind() == VolumeKind.DISK ? snapshot.disk(volume.name()).sizeBytes() : 0;
            return new VolumeHead(volume.name(), volume.kind(), size);
        }

        private void disk(int number, String name, Exchange exchange, ExecutorService threads)
                throws ChannelException, SourceFault {
            DiskManifest basis =
                    bases.disk(number, name, snapshot.disk(name).sizeBytes(), exchange);
            DiskSending sending =
                    new DiskSending(
                            number,
                            name,
                            snapshot.disk(name),
                            basis,
                            bases.prints(name, basis),
                            bases.fits(name, basis),
                            bare(number),
                            memory,
                            cancellation);
            sending.send(
                    exchange,
                    threads,
                    SEGMENTS_AHEAD * settings.hashThreads(),
                    spares,
                    this::examined);
            scanned |= !sending.tracked();
            sendings.put(number, sending);
        }

        /**
         * Whether blocks travel without their hashes. Not where the receiver has contents of an
         * earlier attempt that nothing is remembered of here.
         */
        private boolean bare(int number) {
            return ready.bare()
                    && bases.root(number).isZero()
                    && (!ready.resumed() || memory.resumed() && !memory.foreign());
        }

        private void examined(long bytes) {
            doneBytes += bytes;
            progress.at(Math.min(doneBytes, totalBytes), totalBytes);
        }

        private byte[] tree(int number, VolumeSource volume, Exchange exchange)
                throws ChannelException, SourceFault {
            TreeManifest basis = bases.tree(number, volume.name(), exchange);
            TreeIndex index = bases.index(volume.name());
            try (TreeFiles tree = files.tree(snapshot.tree(volume.name()))) {
                TreeSending sending =
                        new TreeSending(
                                number,
                                volume,
                                tree,
                                basis,
                                index,
                                memory.counts,
                                cancellation,
                                snapshot.takenAt(),
                                basis.size() == 0 && !ready.resumed(),
                                files.overflow());
                TreeManifest manifest =
                        sending.send(exchange, bytes -> progress.at(doneBytes += bytes, 0));
                scanned |= index == null;
                trees.put(volume.name(), manifest);
                indexes.put(volume.name(), sending.index());
                return manifest.root().toBytes();
            } catch (ChannelException broken) {
                throw broken;
            } catch (IOException unreadable) {
                throw Faults.unreadable(volume.name(), unreadable);
            }
        }

        private Sent sent(Message.Committed committed) {
            Map<String, String> facts = new HashMap<>(snapshot.facts());
            facts.putAll(memory.counts.facts());
            long wire = memory.counts.bytesOnWire.sum() + channel.traffic().bytes() - wireBefore;
            facts.put(FactNames.BYTES_ON_WIRE, Long.toString(wire));
            facts.put(FactNames.POINT, committed.token());
            facts.put(FactNames.TAKEN_AT_MILLIS, Long.toString(instantMillis()));
            facts.put(FactNames.CHANGES_BY, scanned ? "scanned" : "tracked");
            facts.put(FactNames.RESUMED, Boolean.toString(memory.resumed() || ready.resumed()));
            Map<String, DiskManifest> disks = new HashMap<>();
            Map<String, DiskPrints> prints = new HashMap<>();
            sendings.forEach(
                    (number, sending) -> {
                        String name = work.volumes().get(number).name();
                        disks.put(name, sending.manifest());
                        prints.put(name, sending.prints());
                    });
            return new Sent(
                    committed.token(),
                    ready.epoch(),
                    new Basis(committed.token(), disks, trees, indexes, prints),
                    committed.prepared(),
                    facts);
        }
    }
}
