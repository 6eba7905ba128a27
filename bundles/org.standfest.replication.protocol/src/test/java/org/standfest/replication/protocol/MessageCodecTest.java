package org.standfest.replication.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

class MessageCodecTest {

    private static final int SEEDS = 60;
    private final MessageCodec codec = new MessageCodec();

    private byte[] frame(Message message) {
        WireWriter out = new WireWriter(16);
        codec.encode(message, out);
        return out.toBytes();
    }

    private Message decode(byte[] frame) throws WireException {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        int length = bytes.getInt();
        int type = bytes.get() & 0xFF;
        assertEquals(length, bytes.remaining());
        return codec.decode(type, bytes);
    }

    @Test
    void everyMessageComesBackAsItWas() throws WireException {
        for (long seed = 0; seed < SEEDS; seed++) {
            for (Message message : new Samples(seed).all()) {
                byte[] frame = frame(message);
                Message back = decode(frame);
                assertEquals(message.getClass(), back.getClass(), "seed " + seed);
                assertArrayEquals(frame, frame(back), "seed " + seed + " " + message.getClass());
            }
        }
    }

    @Test
    void everyKindOfMessageIsCovered() {
        Set<FrameType> seen = new HashSet<>();
        new Samples(1).all().forEach(message -> seen.add(FrameType.of(message)));
        assertEquals(Set.of(FrameType.values()), seen);
    }

    @Test
    void truncatedFramesAreRefusedOrShorterMessagesNeverAFault() {
        for (Message message : new Samples(5).all()) {
            byte[] frame = frame(message);
            for (int length = 0;
                    length < frame.length - MessageCodec.HEAD_BYTES;
                    length += 1 + length / 7) {
                assertOnlyWireExceptions(
                        frame[4] & 0xFF,
                        Arrays.copyOfRange(frame, 5, 5 + length),
                        message + " cut to " + length);
            }
        }
    }

    @Test
    void randomBytesNeverMakeAnythingButWireExceptions() {
        SplittableRandom random = new SplittableRandom(77);
        for (int round = 0; round < 60_000; round++) {
            byte[] payload = new byte[random.nextInt(120)];
            random.nextBytes(payload);
            assertOnlyWireExceptions(random.nextInt(80), payload, "round " + round);
        }
    }

    @Test
    void flippedBytesNeverMakeAnythingButWireExceptions() {
        SplittableRandom random = new SplittableRandom(78);
        for (long seed = 0; seed < SEEDS; seed++) {
            for (Message message : new Samples(seed).all()) {
                byte[] frame = frame(message);
                byte[] payload = Arrays.copyOfRange(frame, 5, frame.length);
                for (int i = 0; i < 10 && payload.length > 0; i++) {
                    int at = random.nextInt(Math.min(payload.length, 300));
                    payload[at] = (byte) (random.nextInt(3) == 0 ? 0xFF : random.nextInt());
                    assertOnlyWireExceptions(frame[4] & 0xFF, payload, "seed " + seed);
                }
            }
        }
    }

    private void assertOnlyWireExceptions(int type, byte[] payload, String what) {
        try {
            Message message = codec.decode(type, ByteBuffer.wrap(payload));
            assertTrue(frame(message).length >= MessageCodec.HEAD_BYTES, what);
        } catch (WireException expected) {
            assertTrue(expected.getMessage().length() < 200, what);
        }
    }

    @Test
    void contentThatWasReadApartBelongsToItsMessage() throws WireException {
        Message.Bare row = new Samples(5).bare();
        byte[] frame = frame(row);
        int type = FrameType.BARE.code();
        int end = MessageCodec.HEAD_BYTES + MessageCodec.headBytes(type);
        ByteBuffer head = ByteBuffer.wrap(Arrays.copyOfRange(frame, MessageCodec.HEAD_BYTES, end));
        Message read = codec.decode(type, head.duplicate(), row.content());
        assertSame(row.content(), ((Message.Bare) read).content());
        assertArrayEquals(frame, frame(read));
        byte[] shorter = Arrays.copyOf(row.content(), row.content().length - 1);
        byte[] longer = Arrays.copyOf(row.content(), row.content().length + 1);
        for (byte[] wrong : List.of(shorter, longer, new byte[0])) {
            assertThrows(WireException.class, () -> codec.decode(type, head.duplicate(), wrong));
        }
    }

    @Test
    void lengthsAreComparedBeforeAnythingIsAllocated() {
        WireWriter out = new WireWriter(64).i64(1).u8(0).text("x", 10).u16(65_535);
        assertThrows(
                WireException.class,
                () -> codec.decode(FrameType.COMMAND.code(), ByteBuffer.wrap(out.toBytes())));
        WireWriter part = new WireWriter(64).u16(0).u8(0).u32(Integer.MAX_VALUE);
        assertThrows(
                WireException.class,
                () ->
                        codec.decode(
                                FrameType.MANIFEST_PART.code(), ByteBuffer.wrap(part.toBytes())));
    }

    @Test
    void idsThatCouldBePathsAreRefused() {
        for (String id :
                new String[] {"../x", "a/b", ".hidden", "a\u0000", "", "x".repeat(65), "ä"}) {
            WireWriter out = new WireWriter(64).text(id, 200).text("r", 64).u8(0).text("", 64);
            assertThrows(
                    WireException.class,
                    () ->
                            codec.decode(
                                    FrameType.RESTORE_REQUEST.code(),
                                    ByteBuffer.wrap(out.toBytes())),
                    id);
        }
    }

    @Test
    void namesOfFilesThatCouldBePathsAndPartsBeyondTheirLimitAreRefused() {
        for (String name : List.of("../x", "a/b", ".hidden", "", "x".repeat(65))) {
            assertRefused(new WireWriter(64).text(name, 200).u8(1).u8(0).u32(0).u32(0), name);
        }
        int more = Limits.PART_BYTES + 1;
        assertRefused(new WireWriter(64).text("a", 9).u8(1).u8(1).u32(more).u32(0), "large");
        assertRefused(new WireWriter(64).text("a", 9).u8(1).u8(0).u32(7).u32(0), "short");
    }

    private void assertRefused(WireWriter attachment, String what) {
        ByteBuffer payload = ByteBuffer.wrap(attachment.toBytes());
        assertThrows(
                WireException.class,
                () -> codec.decode(FrameType.ATTACHMENT.code(), payload),
                what);
    }

    @Test
    void helloOfAnotherMajorVersionIsReadAsFarAsItsVersion() throws WireException {
        WireWriter out =
                new WireWriter(64).raw(Version.MAGIC).u16(7).u16(3).raw(new byte[] {9, 9, 9});
        Message.Hello hello =
                (Message.Hello)
                        codec.decode(FrameType.HELLO.code(), ByteBuffer.wrap(out.toBytes()));
        assertEquals(7, hello.major());
        assertEquals(3, hello.minor());
    }

    @Test
    void textBeyondItsLimitIsNeverSent() {
        assertThrows(
                IllegalArgumentException.class,
                () -> frame(new Message.EnrolRequest("x".repeat(300), "n", new byte[0])));
        byte[] cut = frame(new Message.Goodbye("ä".repeat(50_000)));
        assertTrue(cut.length <= Limits.TEXT_BYTES + 7);
    }
}
