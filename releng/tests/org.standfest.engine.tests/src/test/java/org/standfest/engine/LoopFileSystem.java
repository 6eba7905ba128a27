package org.standfest.engine;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real file system in a file, mounted through a loop device for the time of a test; needs root.
 */
final class LoopFileSystem implements AutoCloseable {

    private static final long SIZE_BYTES = 400L << 20;
    private static final long LIMIT_SECONDS = 60;

    private final Path folder;

    private LoopFileSystem(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes and mounts; the test is skipped, with the reason, where that cannot be had.
     *
     * @param make the program with its options, without the file
     */
    static LoopFileSystem mounted(Path temporary, String type, String... make) {
        try {
            Path image = temporary.resolve(type + ".img");
            try (FileChannel channel =
                    FileChannel.open(
                            image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(new byte[1]), SIZE_BYTES - 1);
            }
            List<String> words = new ArrayList<>(List.of(make));
            words.add(image.toString());
            orSkip("no file system " + type, words);
            Path folder = Files.createDirectory(temporary.resolve(type));
            orSkip(
                    "no rights or no kernel to mount " + type,
                    List.of("mount", "-o", "loop", image.toString(), folder.toString()));
            return new LoopFileSystem(folder);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    Path folder() {
        return folder;
    }

    private static void orSkip(String why, List<String> words) {
        Assumptions.assumeTrue(run(words) == 0, why + ": " + String.join(" ", words));
    }

    /** A loop device over a file; the test is skipped where there is none. */
    static String loopDevice(Path image) {
        try {
            Process process =
                    new ProcessBuilder("losetup", "--find", "--show", image.toString()).start();
            String device = new String(process.getInputStream().readAllBytes()).strip();
            Assumptions.assumeTrue(process.waitFor() == 0, "no loop devices here");
            return device;
        } catch (IOException missing) {
            Assumptions.abort("no losetup here");
            throw new UncheckedIOException(missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Runs a program; its exit code, 127 where there is none. */
    static int run(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return 124;
            }
            return process.exitValue();
        } catch (IOException missing) {
            return 127;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    @Override
    public void close() {
        run(List.of("umount", "-l", folder.toString()));
    }
}
