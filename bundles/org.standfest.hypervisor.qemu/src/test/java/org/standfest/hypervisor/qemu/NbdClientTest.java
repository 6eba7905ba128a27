package org.standfest.hypervisor.qemu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.standfest.hypervisor.qemu.NbdClient.Extent;
import org.standfest.replication.source.ByteRange;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class NbdClientTest {

    private static final long SIZE = 1 << 20;

    /** Never waited for where all goes well. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final long OPTION_REPLY = 0x3e889045565a9L;
    private static final int REPLY = 0x668e33ef;

    @TempDir Path folder;
    private Path socket;

    @BeforeEach
    void place() {
        socket = folder.resolve("nbd");
    }

    /** What follows the handshake. */
    private interface Requests {
        void answer(int command, long cookie, long position, int size, DataOutputStream out)
                throws IOException;
    }

    private FakePeer server(Requests requests) throws IOException {
        return new FakePeer(
                socket,
                (input, output) -> {
                    DataInputStream in = new DataInputStream(input);
                    DataOutputStream out = new DataOutputStream(output);
                    handshake(in, out);
                    while (true) {
                        in.readInt();
                        in.readShort();
                        requests.answer(
                                in.readShort(), in.readLong(), in.readLong(), in.readInt(), out);
                        out.flush();
                    }
                });
    }

    private static void handshake(DataInputStream in, DataOutputStream out) throws IOException {
        out.writeLong(0x4e42444d41474943L);
        out.writeLong(0x49484156454f5054L);
        out.writeShort(3);
        in.readInt();
        while (true) {
            in.readLong();
            int option = in.readInt();
            in.skipNBytes(in.readInt());
            if (option == 10) {
                optionReply(out, option, 4, meta(7, "base:allocation"));
            } else if (option == 7) {
                optionReply(
                        out,
                        option,
                        3,
                        ByteBuffer.allocate(12).putShort((short) 0).putLong(SIZE).array());
            }
            optionReply(out, option, 1, new byte[0]);
            if (option == 7) {
                return;
            }
        }
    }

    private static byte[] meta(int id, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + text.length).putInt(id).put(text).array();
    }

    private static void optionReply(DataOutputStream out, int option, int type, byte[] content)
            throws IOException {
        out.writeLong(OPTION_REPLY);
        out.writeInt(option);
        out.writeInt(type);
        out.writeInt(content.length);
        out.write(content);
    }

    private static void chunk(
            DataOutputStream out, long cookie, int flags, int type, ByteBuffer content)
            throws IOException {
        out.writeInt(REPLY);
        out.writeShort(flags);
        out.writeShort(type);
        out.writeLong(cookie);
        out.writeInt(content.remaining());
        out.write(content.array(), content.position(), content.remaining());
    }

    private static ByteBuffer data(long position, byte[] bytes) {
        return ByteBuffer.allocate(8 + bytes.length).putLong(position).put(bytes).flip();
    }

    private static ByteBuffer hole(long position, int size) {
        return ByteBuffer.allocate(12).putLong(position).putInt(size).flip();
    }

    private NbdClient connect() throws IOException {
        return connect(LIMIT);
    }

    private NbdClient connect(Duration limit) throws IOException {
        return new NbdClient(
                socket, "disk", List.of("base:allocation", "qemu:dirty-bitmap:gone"), limit);
    }

    @Test
    void readsDataAndHolesInAnyOrder() throws IOException {
        try (FakePeer _ =
                        server(
                                (command, cookie, position, size, out) -> {
                                    chunk(out, cookie, 0, 2, hole(position + 4, size - 4));
                                    chunk(
                                            out,
                                            cookie,
                                            0,
                                            1,
                                            data(position, new byte[] {1, 2, 3, 4}));
                                    chunk(out, cookie, 1, 0, ByteBuffer.allocate(0));
                                });
                NbdClient client = connect()) {
            assertEquals(SIZE, client.sizeBytes());
            assertTrue(client.knows("base:allocation"));
            assertFalse(client.knows("qemu:dirty-bitmap:gone"));
            ByteBuffer buffer =
                    ByteBuffer.allocate(8).put(new byte[] {9, 9, 9, 9, 9, 9, 9, 9}).clear();
            client.read(65536, buffer);
            assertArrayEquals(new byte[] {1, 2, 3, 4, 0, 0, 0, 0}, buffer.array());
        }
    }

    @Test
    void asksForStatusUntilAllIsKnown() throws IOException {
        try (FakePeer _ =
                        server(
                                (command, cookie, position, size, out) -> {
                                    ByteBuffer content = ByteBuffer.allocate(12).putInt(7);
                                    int length = position == 0 ? 65536 : (int) (SIZE - position);
                                    content.putInt(length).putInt(position == 0 ? 0 : 3);
                                    chunk(out, cookie, 1, 5, content.flip());
                                });
                NbdClient client = connect()) {
            List<Extent> all = client.status("base:allocation");
            assertEquals(List.of(new Extent(0, 65536, 0), new Extent(65536, SIZE - 65536, 3)), all);
            assertEquals(List.of(new ByteRange(0, 65536)), NbdDiskView.ranges(all, false, 2));
        }
    }

    @Test
    void overlappingRangesAreJoined() {
        List<Extent> some =
                List.of(
                        new Extent(100, 50, 0),
                        new Extent(0, 100, 0),
                        new Extent(120, 10, 0),
                        new Extent(200, 1, 0));
        assertEquals(
                List.of(new ByteRange(0, 150), new ByteRange(200, 1)),
                NbdDiskView.ranges(some, false, 2));
    }

    /** What a server can get wrong. */
    private enum Fault {
        OTHER_COOKIE,
        NO_MAGIC,
        DATA_OUTSIDE,
        HOLE_OUTSIDE,
        NEGATIVE_LENGTH,
        TOO_LITTLE,
        ERROR,
        DAMAGED_ERROR,
        ENDLESS,
        SILENT,
        END
    }

    private static void misbehave(
            Fault fault, long cookie, long position, int size, DataOutputStream out)
            throws IOException {
        byte[] bytes = new byte[size];
        switch (fault) {
            case OTHER_COOKIE -> chunk(out, cookie + 1, 1, 1, data(position, bytes));
            case NO_MAGIC -> out.write(new byte[64]);
            case DATA_OUTSIDE -> chunk(out, cookie, 1, 1, data(position + 1, bytes));
            case HOLE_OUTSIDE -> chunk(out, cookie, 1, 2, hole(position - 1, size));
            case NEGATIVE_LENGTH -> {
                out.writeInt(REPLY);
                out.writeInt(1);
                out.writeLong(cookie);
                out.writeInt(-5);
            }
            case TOO_LITTLE -> chunk(out, cookie, 1, 2, hole(position, size - 1));
            case ERROR ->
                    chunk(
                            out,
                            cookie,
                            1,
                            0x8001,
                            ByteBuffer.allocate(8)
                                    .putInt(5)
                                    .putShort((short) 2)
                                    .put((byte) 'i')
                                    .put((byte) 'o')
                                    .flip());
            case DAMAGED_ERROR -> chunk(out, cookie, 1, 0x8001, ByteBuffer.allocate(2));
            case ENDLESS -> {
                for (int i = 0; i < 200_000; i++) {
                    chunk(out, cookie, 0, 2, hole(position, 0));
                }
            }
            case SILENT -> {}
            case END -> throw new IOException("over");
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aServerThatBreaksTheProtocolIsAnErrorAndTheConnectionIsNotUsedAgain(Fault fault)
            throws IOException {
        try (FakePeer _ =
                        server(
                                (command, cookie, position, size, out) ->
                                        misbehave(fault, cookie, position, size, out));
                NbdClient client = connect(fault == Fault.SILENT ? SHORT : LIMIT)) {
            assertThrows(IOException.class, () -> client.read(65536, ByteBuffer.allocate(4096)));
            assertThrows(IOException.class, () -> client.status("base:allocation"));
        }
    }

    @Test
    void somethingElseThanAServerIsAnError() throws IOException {
        try (FakePeer _ = new FakePeer(socket, (in, out) -> out.write(new byte[1000]))) {
            assertThrows(IOException.class, this::connect);
        }
    }

    @Test
    void readingOutsideOfTheExportIsABugOfTheCaller() throws IOException {
        try (FakePeer _ = server((command, cookie, position, size, out) -> {});
                NbdClient client = connect()) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> client.read(SIZE - 1, ByteBuffer.allocate(2)));
            assertThrows(
                    IllegalArgumentException.class, () -> client.read(-1, ByteBuffer.allocate(2)));
        }
    }
}
