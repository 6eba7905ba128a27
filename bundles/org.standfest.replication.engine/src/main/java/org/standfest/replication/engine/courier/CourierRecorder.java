package org.standfest.replication.engine.courier;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The receiver of a session that is written down: it has nothing, wants everything that is not on
 * the disk yet, and lets the standby check it all later. Offers are written down as well, so that
 * the standby finds contents that came in an earlier attempt. For one thread.
 */
public final class CourierRecorder {

    private static final long WINDOW_BYTES = 16L << 20;
    private static final long ACKNOWLEDGE_EVERY_BYTES = 128L << 10;

    private final CourierOutput output;
    private final KnownHashes known;
    private long receivedBytes;
    private long acknowledgedBytes;

    private CourierRecorder(CourierOutput output, KnownHashes known) {
        this.output = output;
        this.known = known;
    }

    /** Onto an empty disk. */
    public static CourierRecorder onto(CourierOutput output) {
        return new CourierRecorder(output, new KnownHashes());
    }

    /** Where a message of an earlier attempt is looked at. */
    @FunctionalInterface
    public interface Opening {
        /** Opens the output; every message that it finds goes to the consumer. */
        CourierOutput open(Consumer<Message> there) throws IOException;
    }

    /** Behind an earlier attempt: what it wrote need not be written again. */
    public static CourierRecorder behind(Opening opening) throws IOException {
        KnownHashes known = new KnownHashes();
        CourierOutput output =
                opening.open(
                        message -> {
                            if (message instanceof Message.Block block) {
                                known.add(block.hash());
                            }
                        });
        return new CourierRecorder(output, known);
    }

    /** Where it writes. */
    public CourierOutput output() {
        return output;
    }

    /** Records a session to its commit; whoever sends is told of faults. */
    public Outcome<Void> serve(Channel channel, String token) {
        try {
            while (true) {
                Message message = channel.receive();
                boolean commit = message instanceof Message.Commit;
                int bytes = message instanceof Message.Suspend ? 0 : output.add(message);
                switch (message) {
                    case Message.SessionOpen open -> channel.send(ready(open));
                    case Message.Offer offer -> channel.send(wanted(offer));
                    case Message.TreeChanges _, Message.ZeroRange _ -> {
                        /* nothing to say */
                    }
                    case Message.Block block -> dealtWith(channel, block.content().length);
                    case Message.Commit _ -> {
                        output.finish();
                        channel.send(new Message.Committed(token, false, Map.of()));
                    }
                    case Message.Suspend _ -> {
                        return Outcome.failed(CourierTexts.TEXTS.explain("courier.ended"));
                    }
                    case Message.ManifestRequest _, Message.Patch _ ->
                            throw CourierTexts.closed("courier.protocol");
                    default -> dealtWith(channel, bytes);
                }
                if (commit) {
                    return Outcome.done();
                }
            }
        } catch (ChannelException ended) {
            return ended.toOutcome();
        } catch (IOException fault) {
            Explanation why =
                    CourierTexts.TEXTS.explain("courier.cannot-write", fault.getMessage());
            channel.refuse(why);
            return Outcome.failed(why, fault);
        }
    }

    private Message ready(Message.SessionOpen open) {
        return new Message.SessionReady(
                "",
                1,
                WINDOW_BYTES,
                false,
                Stream.generate(BlockHash.ZERO::toBytes).limit(open.volumes().size()).toList());
    }

    private Message wanted(Message.Offer offer) {
        int count = offer.indices().size();
        byte[] bits = new byte[(count + Byte.SIZE - 1) / Byte.SIZE];
        for (int i = 0; i < count; i++) {
            if (!known.contains(offer.hashes(), i)) {
                bits[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
            }
        }
        return new Message.Wanted(offer.volume(), bits);
    }

    private void dealtWith(Channel channel, int bytes) throws ChannelException {
        receivedBytes += bytes;
        if (receivedBytes - acknowledgedBytes >= ACKNOWLEDGE_EVERY_BYTES) {
            acknowledgedBytes = receivedBytes;
            channel.send(new Message.Acknowledged(receivedBytes));
        }
    }
}
