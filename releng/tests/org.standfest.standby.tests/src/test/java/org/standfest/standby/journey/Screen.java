package org.standfest.standby.journey;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.imageio.ImageIO;

/** An X display of its own, with a keyboard: keys arrive as those of a person do. */
final class Screen implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** After so many looks a page that goes on moving is taken as it is. */
    private static final int LOOKS = 10;

    private static final int WIDTH = 1300;
    private static final int HEIGHT = 900;

    /** Between two looks. */
    private static final Duration BETWEEN = Duration.ofMillis(150);

    private final Process server;
    private final String display;

    /** What is shown, kept up to date by the server: a header, then four bytes for each pixel. */
    private final Path shown;

    /**
     * Starts it, on a number that nobody uses.
     *
     * @param folder where the server keeps what it shows
     */
    Screen(Path folder) throws IOException {
        shown = Files.createDirectories(folder).resolve("Xvfb_screen0");
        server =
                new ProcessBuilder(
                                "Xvfb",
                                "-displayfd",
                                "1",
                                "-screen",
                                "0",
                                WIDTH + "x" + HEIGHT + "x24",
                                "-nolisten",
                                "tcp",
                                "-fbdir",
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String number =
                new BufferedReader(
                                new InputStreamReader(
                                        server.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine();
        display = ":" + number;
        // Without a window manager the keyboard follows the pointer.
        xdotool("mousemove", "640", "420");
    }

    /** What programs must know to open their windows here. */
    String display() {
        return display;
    }

    /** Presses keys, one after the other, slowly enough for each to be drawn. */
    void press(String... keys) {
        List<String> words = new ArrayList<>(List.of("key", "--delay", "80"));
        words.addAll(List.of(keys));
        xdotool(words.toArray(String[]::new));
    }

    /** Types a text. */
    void type(String text) {
        xdotool("type", "--delay", "30", text);
    }

    /** Waits for a window with this title. */
    void await(String title) {
        long end = System.nanoTime() + LIMIT.toNanos();
        String titles = titles();
        while (titles.lines().map(String::strip).noneMatch(title::equals)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(title + " did not appear, but " + titles);
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
            titles = titles();
        }
    }

    private String titles() {
        return xdotool("search", "--onlyvisible", "--name", ".", "getwindowname", "%@");
    }

    /** Keeps a picture of all that is to be seen, when nothing has moved between two looks. */
    void picture(Path file) {
        int[] seen = look();
        for (int more = 0; more < LOOKS; more++) {
            LockSupport.parkNanos(BETWEEN.toNanos());
            int[] before = seen;
            seen = look();
            if (Arrays.equals(before, seen)) {
                break;
            }
        }
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, WIDTH, HEIGHT, seen, 0, WIDTH);
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** All pixels as red, green and blue. */
    private int[] look() {
        try {
            byte[] all = Files.readAllBytes(shown);
            int[] pixels = new int[WIDTH * HEIGHT];
            int begin = all.length - pixels.length * Integer.BYTES;
            ByteBuffer.wrap(all, begin, all.length - begin)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asIntBuffer()
                    .get(pixels);
            return pixels;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private String xdotool(String... words) {
        List<String> line = new ArrayList<>(List.of("xdotool"));
        line.addAll(List.of(words));
        return new String(output(line.toArray(String[]::new)), StandardCharsets.UTF_8);
    }

    private byte[] output(String... line) {
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DISPLAY", display);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process.getInputStream().readAllBytes();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public void close() {
        server.destroy();
        try {
            server.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
