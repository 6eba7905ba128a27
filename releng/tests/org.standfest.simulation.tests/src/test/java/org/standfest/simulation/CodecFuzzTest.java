package org.standfest.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.standfest.replication.protocol.FrameType;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.MessageCodec;
import org.standfest.replication.protocol.WireException;
import org.standfest.replication.protocol.WireWriter;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Bytes of chance, and bytes of chance around what is a message, for every type of frame there is:
 * each is a message or a typed refusal, and takes little memory whatever it claims. The system
 * property {@code standfest.fuzz} says how many of each type.
 */
class CodecFuzzTest {

    private static final int ROUNDS = Integer.getInteger("standfest.fuzz", 4_000);

    /** A frame of at most 600 bytes must not take more than this, whatever lengths it states. */
    private static final long MOST_BYTES = 4L << 20;

    private static byte[] payload(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 600 : 48)];
        random.nextBytes(bytes);
        // small counts and lengths lead deeper into the codec than large ones
        for (int n = random.nextInt(40); n > 0 && bytes.length > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(4);
        }
        if (random.nextInt(3) == 0) {
            java.util.Arrays.fill(bytes, 0, random.nextInt(bytes.length + 1), (byte) 0);
        }
        return bytes;
    }

    private static byte[] encoded(MessageCodec codec, Message message) {
        WireWriter out = new WireWriter(64);
        codec.encode(message, out);
        return java.util.Arrays.copyOfRange(out.memory(), MessageCodec.HEAD_BYTES, out.size());
    }

    @Test
    @Timeout(300)
    void everyFrameIsAMessageOrATypedRefusal() {
        MessageCodec codec = new MessageCodec();
        SplittableRandom random = new SplittableRandom(20_261_122);
        Map<FrameType, byte[]> known = new EnumMap<>(FrameType.class);
        com.sun.management.ThreadMXBean memory =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        for (FrameType type : FrameType.values()) {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] bytes = payload(random);
                byte[] base = known.get(type);
                if (base != null && random.nextBoolean() && base.length > 0) {
                    bytes = base.clone();
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                long before = memory.getThreadAllocatedBytes(thread);
                Message message = null;
                try {
                    message = codec.decode(type.code(), ByteBuffer.wrap(bytes));
                } catch (WireException refused) {
                    assertTrue(refused.getMessage() != null);
                }
                long taken = memory.getThreadAllocatedBytes(thread) - before;
                assertTrue(taken < MOST_BYTES, type + " took " + taken + " bytes");
                if (message != null) {
                    known.put(type, bytes);
                    byte[] once = encoded(codec, message);
                    assertEquals(type, FrameType.of(message));
                    assertTrue(once.length <= Math.max(64, 4 * bytes.length), type::toString);
                }
            }
        }
        assertTrue(known.size() > FrameType.values().length / 2, "too few were understood");
    }
}
