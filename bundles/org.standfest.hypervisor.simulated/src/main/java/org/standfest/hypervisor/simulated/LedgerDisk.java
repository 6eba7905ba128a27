package org.standfest.hypervisor.simulated;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The "operating system" of a simulated machine: a raw image with a mark at its beginning, and a
 * ledger of lines in its middle. An entry is durable before it is acknowledged. Callers take turns.
 */
public final class LedgerDisk {

    private static final byte[] MARK = "STANDFEST-SIM-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final long LENGTH_AT = 4096;
    private static final long LEDGER_AT = 1 << 20;
    private static final int LEDGER_LIMIT = 1 << 18;

    private LedgerDisk() {}

    /**
     * Makes an empty disk that a simulated machine can boot.
     *
     * @param sizeBytes at least 2 MiB
     */
    public static void format(Path image, long sizeBytes) throws IOException {
        try (FileChannel channel = open(image)) {
            channel.write(ByteBuffer.wrap(new byte[1]), sizeBytes - 1);
            channel.write(ByteBuffer.wrap(MARK), 0);
        }
    }

    private static FileChannel open(Path image) throws IOException {
        return FileChannel.open(
                image,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    /** Whether a machine can boot from an image. */
    static boolean bootable(Path image) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            ByteBuffer found = ByteBuffer.allocate(MARK.length);
            channel.read(found, 0);
            return ByteBuffer.wrap(MARK).equals(found.flip());
        }
    }

    /** The entries on an image, oldest first. */
    public static List<String> read(Path image) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            ByteBuffer content = ByteBuffer.allocate(length(channel));
            while (content.hasRemaining()
                    && channel.read(content, LEDGER_AT + content.position()) >= 0) {
                continue;
            }
            String text = new String(content.array(), StandardCharsets.UTF_8);
            return text.lines().toList();
        }
    }

    private static int length(FileChannel channel) throws IOException {
        ByteBuffer number = ByteBuffer.allocate(4);
        channel.read(number, LENGTH_AT);
        int length = number.flip().remaining() == 4 ? number.getInt() : 0;
        if (length < 0 || length > LEDGER_LIMIT) {
            throw new IOException("damaged ledger");
        }
        return length;
    }

    /** Writes an entry and makes it durable. */
    static void append(Path image, String line) throws IOException {
        byte[] entry = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = open(image)) {
            int length = length(channel);
            if (length + entry.length > LEDGER_LIMIT) {
                throw new IOException("ledger is full");
            }
            channel.write(ByteBuffer.wrap(entry), LEDGER_AT + length);
            channel.force(false);
            ByteBuffer number = ByteBuffer.allocate(4).putInt(length + entry.length).flip();
            channel.write(number, LENGTH_AT);
            channel.force(false);
        }
    }
}
