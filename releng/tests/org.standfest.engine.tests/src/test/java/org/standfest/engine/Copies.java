package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.DiskView;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Copies of frozen disks, and what is found in them. */
final class Copies {

    private static final int PIECE_BYTES = 1 << 20;

    private Copies() {}

    /** Reads some ranges of a view into a file, creating or changing it. */
    static void copy(DiskView view, List<ByteRange> ranges, Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.size() < view.sizeBytes()) {
                channel.write(ByteBuffer.wrap(new byte[1]), view.sizeBytes() - 1);
            }
            ByteBuffer buffer = ByteBuffer.allocate(PIECE_BYTES);
            for (ByteRange range : ranges) {
                for (long at = range.position(); at < range.end(); at += PIECE_BYTES) {
                    buffer.clear().limit((int) Math.min(PIECE_BYTES, range.end() - at));
                    assertEquals(buffer.limit(), view.read(at, buffer));
                    channel.write(buffer.flip(), at);
                }
            }
        }
    }

    static long bytes(List<ByteRange> ranges) {
        return ranges.stream().mapToLong(ByteRange::sizeBytes).sum();
    }

    /**
     * The ledger as a machine would find it that starts from this image: the file system's journal
     * is replayed first.
     */
    static List<String> ledger(Path image) throws Exception {
        Path partition = image.resolveSibling(image.getFileName() + ".partition");
        Files.deleteIfExists(partition);
        assertEquals(
                0,
                run(
                        "dd",
                        "if=" + image,
                        "of=" + partition,
                        "bs=1M",
                        "skip=1",
                        "conv=sparse",
                        "status=none"));
        int checked = run("e2fsck", "-fy", partition.toString());
        assertTrue(checked <= 1, "file system damaged: e2fsck says " + checked);
        Path ledger = image.resolveSibling(image.getFileName() + ".ledger");
        assertEquals(0, run("debugfs", "-R", "dump /data/ledger " + ledger, partition.toString()));
        Files.delete(partition);
        return Files.readAllLines(ledger);
    }

    /** How many entries a mirror disk holds without a gap. */
    static int mirrored(Path image) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            ByteBuffer sector = ByteBuffer.allocate(512);
            for (int number = 1; ; number++) {
                sector.clear();
                channel.read(sector, number * 512L);
                String text = StandardCharsets.UTF_8.decode(sector.flip()).toString();
                if (!text.startsWith(number + " ")) {
                    return number - 1;
                }
            }
        }
    }

    static int run(String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Path sbin = Path.of("/sbin", words[0]);
        if (Files.isExecutable(sbin)) {
            builder.command().set(0, sbin.toString());
        }
        return builder.start().waitFor();
    }
}
