package org.standfest.replication.windows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of Windows; the boundary that tests replace. Safe for any thread. */
@FunctionalInterface
public interface WindowsPrograms {

    /** The programs of this machine. */
    WindowsPrograms HOST = WindowsPrograms::runHere;

    /**
     * What became of a program.
     *
     * @param exitCode 0 for success; -1 when it was ended at its limit
     * @param output standard output and error together, at most 256 KiB
     */
    record Result(int exitCode, String output) {}

    /**
     * Runs a program and waits for its end.
     *
     * @throws IOException it is not there, or the caller was interrupted
     */
    Result run(List<String> words, Duration limit) throws IOException;

    private static Result runHere(List<String> words, Duration limit) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try (InputStream stream = process.getInputStream()) {
            process.getOutputStream().close();
            Thread watch =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            if (!process.waitFor(
                                                    limit.toMillis(), TimeUnit.MILLISECONDS)) {
                                                process.destroyForcibly();
                                            }
                                        } catch (InterruptedException over) {
                                            // the program ended before
                                        }
                                    });
            byte[] output = stream.readNBytes(256 * 1024);
            boolean late = !process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            watch.interrupt();
            String text = new String(output, Charset.defaultCharset());
            return new Result(late ? -1 : process.exitValue(), text);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while " + words.getFirst() + " ran", stopped);
        } finally {
            process.destroyForcibly();
        }
    }
}
