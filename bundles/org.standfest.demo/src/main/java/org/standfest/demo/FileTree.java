package org.standfest.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Random;

/**
 * The file tree of the journey: made once, changed once, with everything that a careless copy
 * loses.
 */
final class FileTree {

    private static final long SEED = 20_261_122;
    private static final int FOLDERS = 8;
    private static final int FILES_A_FOLDER = 25;
    private static final int BLOCK = 64 << 10;
    private static final Instant LONG_AGO = Instant.parse("2019-03-01T07:08:09.123456789Z");

    private final Path root;

    FileTree(Path root) {
        this.root = root;
    }

    /** Makes it. */
    void make() throws IOException {
        Random random = new Random(SEED);
        for (int folder = 0; folder < FOLDERS; folder++) {
            Path path = Files.createDirectories(root.resolve("office-" + folder));
            for (int file = 0; file < FILES_A_FOLDER; file++) {
                byte[] content = new byte[random.nextInt(40_000)];
                random.nextBytes(content);
                Files.write(path.resolve("letter-" + file + ".txt"), content);
            }
        }
        byte[] large = new byte[8 * BLOCK];
        random.nextBytes(large);
        Files.write(root.resolve("archive.bin"), large);
        Path first = root.resolve("office-0/letter-0.txt");
        Files.createLink(root.resolve("same-letter.txt"), first);
        Files.createSymbolicLink(root.resolve("newest"), Path.of("office-1/letter-1.txt"));
        Files.createSymbolicLink(root.resolve("nowhere"), Path.of("gone/for good"));
        Files.setLastModifiedTime(first, FileTime.from(LONG_AGO));
        Files.setPosixFilePermissions(
                root.resolve("archive.bin"), PosixFilePermissions.fromString("r--r-----"));
        Files.createDirectories(root.resolve("empty folder äöü"));
        try (FileChannel sparse =
                FileChannel.open(
                        root.resolve("sparse.db"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SPARSE)) {
            sparse.write(ByteBuffer.wrap("end".getBytes(StandardCharsets.UTF_8)), 32L << 20);
        }
    }

    /**
     * Changes a little of it: one page in a large file, one new, one gone, one renamed, one mode.
     */
    void change() throws IOException {
        Path archive = root.resolve("archive.bin");
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-r-----"));
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            file.write(
                    ByteBuffer.wrap("changed".getBytes(StandardCharsets.UTF_8)), 3L * BLOCK + 17);
        }
        Files.writeString(root.resolve("office-2/new letter.txt"), "Dear reader,\n");
        Files.delete(root.resolve("office-3/letter-3.txt"));
        Files.move(root.resolve("office-4"), root.resolve("office-four"));
        Files.setPosixFilePermissions(
                root.resolve("office-5/letter-5.txt"),
                PosixFilePermissions.fromString("rwx------"));
    }
}
