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

    private final PoolFiles files;
    private final Settings settings;

    /**
     * How much machine a sender uses.
     *
     * @param hashThreads threads that read and hash, 1 or more
     * @param compress whether blocks are compressed when the line is slow
     */
    public record Settings(int hashThreads, boolean compress) {

        /** Two threads, compression when it pays. */
        public static final Settings STANDARD = new Settings(2, true);
    }

    /**
     * A committed session.
     *
     * @param token the receiver's name of the state: the recovery point's id
     * @param epoch the epoch the receiver knows
     * @param basis what the receiver has now
     * @param facts figures
     */
    public record Sent(String token, long epoch, Basis basis, Map<String, String> facts) {}

    /** Takes the number of bytes examined so far and altogether (0: unknown). */
    @FunctionalInterface
    public interface Progress {
        /** Called every few megabytes; must return at once. */
        void at(long doneBytes, long totalBytes);
    }

    /**
     * @param files how file trees are read
     */
    public SessionSender(PoolFiles files, Settings settings) {
        this.files = files;
        this.settings = settings;
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
        private final Map<String, DiskManifest> disks = new HashMap<>();
        private final Map<String, TreeManifest> trees = new HashMap<>();
        private final Map<String, TreeIndex> indexes = new HashMap<>();
        private SessionReady ready;
        private boolean ownBasis;
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
            try (BlockPacker packer = new BlockPacker(compression());
                    ExecutorService threads =
                            Executors.newFixedThreadPool(
                                    settings.hashThreads(),
                                    Thread.ofPlatform().daemon().name("hash").factory());
                    Exchange exchange =
                            new Exchange(channel, ready.windowBytes(), packer, memory.counts)) {
                return transfer(exchange, threads);
            }
        }

        /** Within one machine the line is never what is slow. */
        private BlockPacker.Mode compression() {
            String address = channel.remoteAddress();
            boolean local = address.startsWith("127.") || address.startsWith("0:0:0:0:0:0:0:1:");
            return settings.compress() && !local ? BlockPacker.Mode.AUTO : BlockPacker.Mode.OFF;
        }

        private Outcome<Sent> transfer(Exchange exchange, ExecutorService threads)
                throws SourceFault {
            try {
                List<byte[]> roots = new ArrayList<>();
                for (int number = 0; number < work.volumes().size(); number++) {
                    VolumeSource volume = work.volumes().get(number);
                    roots.add(
                            volume.kind() == VolumeKind.DISK
                                    ? disk(number, volume.name(), exchange, threads)
                                    : tree(number, volume, exchange));
                }
                Message.Committed committed = exchange.commit(roots);
                return Outcome.done(sent(committed));
            } catch (ChannelException fault) {
                return exchange.lastWords(fault).toOutcome();
            } catch (SourceFault fault) {
                suspend(fault);
                throw fault;
            }
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
                            snapshot.takenAt().toEpochMilli(),
                            work.basis().map(Basis::token).orElse(""),
                            heads,
                            work.machine()));
            if (!(channel.receive() instanceof SessionReady answer)
                    || answer.roots().size() != heads.size()) {
                throw Faults.protocol("no answer to the opening of a session");
            }
            ready = answer;
            memory.connected(ready.basisToken());
            ownBasis =
                    !ready.basisToken().isEmpty()
                            && work.basis().map(Basis::token).orElse("").equals(ready.basisToken());
        }

        private VolumeHead head(VolumeSource volume) {
            long size =
                    volume.kind() == VolumeKind.DISK ? snapshot.disk(volume.name()).sizeBytes() : 0;
            return new VolumeHead(volume.name(), volume.kind(), size);
        }

        private byte[] disk(int number, String name, Exchange exchange, ExecutorService threads)
                throws ChannelException, SourceFault {
            DiskManifest basis = diskBasis(number, name, exchange);
            DiskSending sending =
                    new DiskSending(
                            number,
                            name,
                            snapshot.disk(name),
                            basis,
                            ownBasis,
                            memory,
                            cancellation);
            DiskManifest manifest =
                    sending.send(exchange, threads, 2 * settings.hashThreads(), this::examined);
            scanned |= !sending.tracked();
            disks.put(name, manifest);
            return manifest.root().toBytes();
        }

        private void examined(long bytes) {
            doneBytes += bytes;
            progress.at(Math.min(doneBytes, totalBytes), totalBytes);
        }

        private byte[] tree(int number, VolumeSource volume, Exchange exchange)
                throws ChannelException, SourceFault {
            TreeManifest basis = treeBasis(number, volume.name(), exchange);
            TreeIndex index = ownBasis ? work.basis().get().indexes().get(volume.name()) : null;
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
                                snapshot.takenAt());
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

        private DiskManifest diskBasis(int number, String name, Exchange exchange)
                throws ChannelException {
            BlockHash root = BlockHash.at(ready.roots().get(number), 0);
            if (root.isZero()) {
                return DiskManifest.zero(snapshot.disk(name).sizeBytes());
            }
            DiskManifest known =
                    ownBasis ? work.basis().get().disks().get(name) : memory.diskBasis(name);
            if (known == null || !known.root().equals(root)) {
                known = exchange.fetchDisk(number, snapshot.disk(name).sizeBytes());
                check(known.root().equals(root));
                memory.remember(name, known);
            }
            return known;
        }

        private TreeManifest treeBasis(int number, String name, Exchange exchange)
                throws ChannelException {
            BlockHash root = BlockHash.at(ready.roots().get(number), 0);
            if (root.isZero()) {
                return TreeManifest.EMPTY;
            }
            TreeManifest known =
                    ownBasis ? work.basis().get().trees().get(name) : memory.treeBasis(name);
            if (known == null || !known.root().equals(root)) {
                known = exchange.fetchTree(number);
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

        private Sent sent(Message.Committed committed) {
            Map<String, String> facts = new HashMap<>(memory.counts.facts());
            long wire = memory.counts.bytesOnWire.sum() + channel.traffic().bytes() - wireBefore;
            facts.put(FactNames.BYTES_ON_WIRE, Long.toString(wire));
            facts.put(FactNames.POINT, committed.token());
            facts.put(FactNames.TAKEN_AT_MILLIS, Long.toString(snapshot.takenAt().toEpochMilli()));
            facts.put(FactNames.CHANGES_BY, scanned ? "scanned" : "tracked");
            facts.put(FactNames.RESUMED, Boolean.toString(memory.resumed() || ready.resumed()));
            return new Sent(
                    committed.token(),
                    ready.epoch(),
                    new Basis(committed.token(), disks, trees, indexes),
                    facts);
        }
    }
}
