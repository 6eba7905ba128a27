package org.standfest.replication.engine.proof;

import org.standfest.replication.engine.SystemAccess;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.ProofMessage.Answer;
import org.standfest.replication.protocol.ProofMessage.Ask;
import org.standfest.replication.protocol.ProofMessage.Open;
import org.standfest.replication.protocol.ProofMessage.Ready;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Serves purpose COMPARE on the standby: reads what an agent asks about from the native form of the
 * newest point, never from its manifest, and tells the hashes. Safe for any thread.
 */
public final class ProofHandler implements ChannelHandler {

    static final Catalog TEXTS = Catalog.beside(ProofHandler.class);

    private final ImagePool pool;
    private final PoolFiles files;
    private final SystemAccess access;
    private final Damaged damaged;

    /** Is told of items of the newest point that the standby reads otherwise than committed. */
    @FunctionalInterface
    public interface Damaged {
        /**
         * Called at most once for each question of an agent, by its thread; must not block long.
         *
         * @param items how many
         */
        void found(String systemId, String volume, long items);
    }

    /**
     * @param files how trees are read
     * @param access which agent may ask about which system
     * @param damaged should let the pool scrub the system, which repairs or remembers what to fetch
     */
    public ProofHandler(ImagePool pool, PoolFiles files, SystemAccess access, Damaged damaged) {
        this.pool = pool;
        this.files = files;
        this.access = access;
        this.damaged = damaged;
    }

    @Override
    public void serve(Channel channel) throws ChannelException {
        if (!(channel.peer() instanceof Peer.Agent agent)
                || !(channel.receive() instanceof Open open)) {
            throw protocol("no opening of a comparison");
        }
        Outcome<RecoveryPoint> point = access.admit(agent, open.systemId()).then(_ -> newest(open));
        if (!(point instanceof Outcome.Done<RecoveryPoint>(RecoveryPoint newest))) {
            channel.refuse(point.problem().orElseThrow());
            return;
        }
        channel.send(
                new Ready(
                        newest.volumes().stream().map(PooledVolume::name).toList(),
                        newest.volumes().stream().map(volume -> volume.root().toBytes()).toList()));
        try (Visit visit = new Visit(channel, open, newest)) {
            visit.answer();
        }
    }

    private Outcome<RecoveryPoint> newest(Open open) {
        Optional<RecoveryPoint> newest = pool.system(open.systemId()).flatMap(PooledSystem::newest);
        return newest.filter(point -> point.id().equals(open.pointId()))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(overtaken(open)));
    }

    private static Explanation overtaken(Open open) {
        return TEXTS.explain("engine.proof-overtaken", open.systemId(), open.pointId());
    }

    static ChannelException protocol(String what) {
        return new ChannelException(
                ChannelException.Reason.PROTOCOL,
                TEXTS.explain("engine.proof-protocol", what),
                null);
    }

    /** One agent's questions. */
    private final class Visit implements AutoCloseable {

        private final Channel channel;
        private final Open open;
        private final RecoveryPoint point;
        private final Map<Integer, Items> items = new HashMap<>();
        private final List<AutoCloseable> opened = new ArrayList<>();

        Visit(Channel channel, Open open, RecoveryPoint point) {
            this.channel = channel;
            this.open = open;
            this.point = point;
        }

        void answer() throws ChannelException {
            while (true) {
                Message message = channel.receive();
                if (!(message instanceof Ask ask) || ask.volume() >= point.volumes().size()) {
                    throw protocol("no question about a volume");
                }
                try {
                    answer(ask);
                } catch (IOException unreadable) {
                    channel.refuse(
                            TEXTS.explain(
                                    "engine.proof-unreadable",
                                    open.systemId(),
                                    String.valueOf(unreadable.getMessage())));
                    return;
                }
            }
        }

        private void answer(Ask ask) throws ChannelException, IOException {
            Items volume = items(ask.volume());
            if (ask.first() + ask.count() > volume.count()) {
                throw protocol("a question beyond the end");
            }
            Items.Read read = volume.read(ask.first(), ask.count());
            // A commit in between changes the native form: what was read is no state then.
            if (!newest(open).isDone()) {
                channel.refuse(overtaken(open));
                return;
            }
            long wrong = 0;
            for (int i = 0; i < ask.count(); i++) {
                wrong += read.digests().get(i).equals(volume.expected(ask.first() + i)) ? 0 : 1;
            }
            if (wrong > 0 && ask.each()) {
                damaged.found(open.systemId(), point.volumes().get(ask.volume()).name(), wrong);
            }
            List<byte[]> digests =
                    ask.each()
                            ? read.digests().stream().map(BlockHash::toBytes).toList()
                            : List.of(together(read.digests()));
            channel.send(new Answer(ask.volume(), ask.first(), read.bytes(), digests));
        }

        private Items items(int number) throws IOException {
            Items known = items.get(number);
            if (known == null) {
                known = open(point.volumes().get(number));
                items.put(number, known);
            }
            return known;
        }

        private Items open(PooledVolume volume) throws IOException {
            String system = open.systemId();
            Path image = done(pool.newestImage(system, volume.name()));
            if (volume.kind() == VolumeKind.DISK) {
                FileChannel file = FileChannel.open(image, StandardOpenOption.READ);
                opened.add(file);
                return new DiskItems(
                        done(pool.diskManifest(system, volume.name())),
                        (position, target) -> file.read(target, position));
            }
            TreeFiles tree = files.tree(image);
            opened.add(tree);
            return new TreeItems(
                    done(pool.treeManifest(system, volume.name())), tree, volume.notKept());
        }

        private static <T> T done(Outcome<T> outcome) throws IOException {
            if (outcome.problem().isPresent()) {
                throw new IOException(outcome.problem().get().toString());
            }
            return outcome.orThrow();
        }

        @Override
        public void close() {
            for (AutoCloseable one : opened) {
                try {
                    one.close();
                } catch (Exception _) {
                    // It was only read.
                    continue;
                }
            }
        }
    }

    /** One digest over many. */
    static byte[] together(List<BlockHash> digests) {
        MessageDigest digest = BlockHasher.sha256();
        digests.forEach(one -> digest.update(one.toBytes()));
        return digest.digest();
    }
}
