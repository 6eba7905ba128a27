package org.standfest.replication.engine.proof;

import org.standfest.replication.engine.Basis;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.ProofMessage;
import org.standfest.replication.protocol.ProofMessage.Answer;
import org.standfest.replication.protocol.ProofMessage.Ask;
import org.standfest.replication.protocol.ProofMessage.Ready;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The agent's side of a comparison: reads the snapshot of the newest point again and compares it
 * with what it had sent and with what the standby reads. For one thread.
 */
public final class ProofClient {

    private static final long STEP_BYTES = 16 << 20;

    private final PoolFiles files;

    /**
     * @param files how trees are read
     */
    public ProofClient(PoolFiles files) {
        this.files = files;
    }

    /**
     * Where a comparison goes on.
     *
     * @param volume place of the volume among the basis's, which are sorted by name
     * @param item the next item
     */
    public record Place(int volume, long item) {}

    /**
     * What one step found.
     *
     * @param next where to go on; volume equal to the number of volumes: everything was compared
     * @param bytes how much of the source was compared
     * @param atPool items that the standby reads otherwise than they were sent, {@code VOLUME:ITEM}
     * @param atSource items that the source shows otherwise than they were sent, though its
     *     snapshot cannot have changed
     * @param changedMeanwhile how many items of a source without snapshots have changed since
     */
    public record Step(
            Place next,
            long bytes,
            List<String> atPool,
            List<String> atSource,
            long changedMeanwhile) {

        /** Copies. */
        public Step {
            atPool = List.copyOf(atPool);
            atSource = List.copyOf(atSource);
        }
    }

    /** Decides after every step whether to go on; may wait, for a limited rate. */
    @FunctionalInterface
    public interface Pace {
        /**
         * @param step what was found
         * @return whether to go on
         */
        boolean after(Step step);
    }

    /**
     * Compares from a place on, until the end or until the pace says so.
     *
     * @param snapshot the snapshot the newest point was made of, still open
     * @param basis what that session left as known
     * @return done with the last place; refused when the standby's newest point is another one;
     *     failed when the line broke or the source could not be read
     */
    public Outcome<Place> compare(
            Channel channel,
            String systemId,
            Snapshot snapshot,
            Basis basis,
            Place from,
            Pace pace) {
        List<String> volumes = volumes(basis);
        try {
            channel.send(new ProofMessage.Open(systemId, basis.token()));
            if (!(channel.receive() instanceof Ready ready)) {
                throw ProofHandler.protocol("no answer to the opening");
            }
            Place at = from.volume() < volumes.size() ? from : new Place(0, 0);
            while (at.volume() < volumes.size()) {
                String volume = volumes.get(at.volume());
                int there = place(ready, volume, basis);
                try (Opened opened = open(volume, snapshot, basis)) {
                    Reached reached = volume(channel, there, volume, opened, snapshot, at, pace);
                    at = reached.place();
                    if (reached.enough()) {
                        return Outcome.done(at);
                    }
                }
            }
            return Outcome.done(at);
        } catch (ChannelException broken) {
            return broken.toOutcome();
        } catch (IOException unreadable) {
            return Outcome.failed(
                    ProofHandler.TEXTS.explain(
                            "engine.proof-unreadable",
                            systemId,
                            String.valueOf(unreadable.getMessage())),
                    unreadable);
        }
    }

    /** The volumes of a basis in the order in which they are compared. */
    public static List<String> volumes(Basis basis) {
        List<String> volumes = new ArrayList<>(basis.disks().keySet());
        volumes.addAll(basis.trees().keySet());
        volumes.sort(null);
        return volumes;
    }

    private static int place(Ready ready, String volume, Basis basis) throws ChannelException {
        int there = ready.volumes().indexOf(volume);
        BlockHash root =
                basis.disks().containsKey(volume)
                        ? basis.disks().get(volume).root()
                        : basis.trees().get(volume).root();
        if (there < 0
                || there >= ready.roots().size()
                || !root.equalsAt(ready.roots().get(there), 0)) {
            throw new ChannelException(
                    ChannelException.Reason.REFUSED,
                    ProofHandler.TEXTS.explain("engine.proof-root", volume),
                    null);
        }
        return there;
    }

    private record Reached(Place place, boolean enough) {}

    private record Opened(Items items, AutoCloseable closing) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                closing.close();
            } catch (IOException fault) {
                throw fault;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private Opened open(String volume, Snapshot snapshot, Basis basis) throws IOException {
        DiskManifest disk = basis.disks().get(volume);
        if (disk != null) {
            DiskView view = snapshot.disk(volume);
            return new Opened(new DiskItems(disk, view::read), () -> {});
        }
        TreeManifest manifest = basis.trees().get(volume);
        TreeFiles tree = files.tree(snapshot.tree(volume));
        return new Opened(new TreeItems(manifest, tree, Set.of()), tree);
    }

    private Reached volume(
            Channel channel,
            int there,
            String volume,
            Opened opened,
            Snapshot snapshot,
            Place from,
            Pace pace)
            throws ChannelException, IOException {
        Items items = opened.items();
        long item = Math.min(from.item(), items.count());
        while (item < items.count()) {
            int count = count(items, item);
            channel.enqueue(new Ask(there, item, count, false));
            channel.flush();
            Items.Read source = items.read(item, count);
            List<BlockHash> expected = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                expected.add(items.expected(item + i));
            }
            Answer answer = answer(channel, there, item);
            List<String> atPool = new ArrayList<>();
            if (answer.digests().size() != 1
                    || !Arrays.equals(
                            answer.digests().getFirst(), ProofHandler.together(expected))) {
                atPool.addAll(differing(channel, there, volume, items, item, expected));
            }
            List<String> atSource = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (!source.digests().get(i).equals(expected.get(i))) {
                    atSource.add(volume + ":" + items.name(item + i));
                }
            }
            boolean still = snapshot.frozen();
            item += count;
            Place next =
                    item < items.count()
                            ? new Place(from.volume(), item)
                            : new Place(from.volume() + 1, 0);
            Step step =
                    new Step(
                            next,
                            source.bytes(),
                            atPool,
                            still ? atSource : List.of(),
                            still ? 0 : atSource.size());
            if (!pace.after(step)) {
                return new Reached(next, true);
            }
        }
        return new Reached(new Place(from.volume() + 1, 0), false);
    }

    private static int count(Items items, long first) {
        int most = (int) Math.min(ProofMessage.ITEMS, items.count() - first);
        int count = 1;
        long bytes = items.bytes(first);
        while (count < most && bytes + items.bytes(first + count) <= STEP_BYTES) {
            bytes += items.bytes(first + count);
            count++;
        }
        return count;
    }

    private static Answer answer(Channel channel, int volume, long first) throws ChannelException {
        if (channel.receive() instanceof Answer answer
                && answer.volume() == volume
                && answer.first() == first) {
            return answer;
        }
        throw ProofHandler.protocol("no answer to a question");
    }

    private static List<String> differing(
            Channel channel,
            int there,
            String volume,
            Items items,
            long first,
            List<BlockHash> expected)
            throws ChannelException {
        channel.send(new Ask(there, first, expected.size(), true));
        Answer each = answer(channel, there, first);
        if (each.digests().size() != expected.size()) {
            throw ProofHandler.protocol("too few digests");
        }
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).equalsAt(each.digests().get(i), 0)) {
                differing.add(volume + ":" + items.name(first + i));
            }
        }
        return differing;
    }
}
