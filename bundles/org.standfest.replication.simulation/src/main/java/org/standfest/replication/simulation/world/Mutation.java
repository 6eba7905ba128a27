package org.standfest.replication.simulation.world;

import org.standfest.replication.protocol.FrameType;
import org.standfest.replication.protocol.MessageCodec;
import org.standfest.replication.simulation.machine.Tamper;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Changes frames as somebody hostile does who knows the protocol: bits, lengths, counts, paths,
 * frames left out, doubled, swapped, of another type, or of nothing but chance.
 */
final class Mutation implements Tamper {

    private static final int HEAD = MessageCodec.HEAD_BYTES;
    private static final long[] NASTY = {
        0, 1, -1, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, Long.MAX_VALUE, Long.MIN_VALUE, 65_537
    };
    private static final String[] PATHS = {
        "../../outside/secret", "/outside/x", "a/../b", "..", "a//b", "."
    };

    private final RandomGenerator random;
    private final int oneOf;
    private final List<byte[]> seen = new ArrayList<>();
    private byte[] held;
    private int changed;

    /**
     * @param oneOf one of so many frames is changed
     */
    Mutation(RandomGenerator random, int oneOf) {
        this.random = random;
        this.oneOf = oneOf;
    }

    /** How many frames were changed. */
    int changed() {
        return changed;
    }

    @Override
    public List<byte[]> send(byte[] frame) {
        if (seen.size() < 50) {
            seen.add(frame);
        }
        List<byte[]> sent = new ArrayList<>();
        if (random.nextInt(oneOf) != 0) {
            sent.add(frame);
        } else {
            changed++;
            change(frame, sent);
        }
        if (held != null && random.nextBoolean()) {
            sent.add(held);
            held = null;
        }
        return sent;
    }

    private void change(byte[] frame, List<byte[]> sent) {
        switch (random.nextInt(9)) {
            case 0 -> {
                sent.add(frame);
                sent.add(frame);
            }
            case 1 -> held = frame;
            case 2 -> sent.add(seen.get(random.nextInt(seen.size())));
            case 3 -> sent.add(framed(frame[HEAD - 1], cut(frame)));
            case 4 -> sent.add(nasty(frame));
            case 5 -> sent.add(path(frame));
            case 6 -> {
                FrameType[] types = FrameType.values();
                byte type = (byte) types[random.nextInt(types.length)].code();
                sent.add(framed(type, Arrays.copyOfRange(frame, HEAD, frame.length)));
            }
            case 7 -> {
                byte[] payload = new byte[random.nextInt(300)];
                random.nextBytes(payload);
                sent.add(framed((byte) random.nextInt(0x70), payload));
            }
            default -> sent.add(flipped(frame));
        }
    }

    private byte[] cut(byte[] frame) {
        return Arrays.copyOfRange(frame, HEAD, HEAD + random.nextInt(frame.length - HEAD + 1));
    }

    private byte[] flipped(byte[] frame) {
        byte[] other = frame.clone();
        for (int n = 1 + random.nextInt(4); n > 0 && other.length > HEAD; n--) {
            int at = HEAD + random.nextInt(Math.min(other.length - HEAD, 200));
            other[at] ^= (byte) (1 << random.nextInt(8));
        }
        return other;
    }

    private byte[] nasty(byte[] frame) {
        byte[] other = frame.clone();
        int width = 1 << random.nextInt(4);
        if (other.length >= HEAD + width) {
            int most = Math.min(other.length - HEAD - width + 1, 120);
            int at = HEAD + random.nextInt(most);
            byte[] value =
                    ByteBuffer.allocate(8).putLong(NASTY[random.nextInt(NASTY.length)]).array();
            System.arraycopy(value, 8 - width, other, at, width);
        }
        return other;
    }

    private byte[] path(byte[] frame) {
        byte[] other = frame.clone();
        byte[] path = PATHS[random.nextInt(PATHS.length)].getBytes();
        if (other.length > HEAD + path.length + 4) {
            int at = HEAD + random.nextInt(other.length - HEAD - path.length);
            System.arraycopy(path, 0, other, at, path.length);
        }
        return other;
    }

    private static byte[] framed(byte type, byte[] payload) {
        return ByteBuffer.allocate(HEAD + payload.length)
                .putInt(payload.length)
                .put(type)
                .put(payload)
                .array();
    }
}
