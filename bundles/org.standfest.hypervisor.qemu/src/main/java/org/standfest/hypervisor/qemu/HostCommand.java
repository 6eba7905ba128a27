package org.standfest.hypervisor.qemu;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of this host with a time limit and a limit on what is kept of their output. */
public final class HostCommand {

    private static final int OUTPUT_LIMIT_BYTES = 64 * 1024;

    private HostCommand() {}

    /**
     * What became of a program.
     *
     * @param exitCode 0 for success; -1 when it was ended for being too slow
     * @param output standard output and error together, at most 64 KiB
     */
    public record Result(int exitCode, String output) {

        /** Whether it said that it succeeded. */
        public boolean succeeded() {
            return exitCode == 0;
        }

        /** The last line that says something, for explanations. */
        public String lastLine() {
            List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty() ? "exit code " + exitCode : lines.getLast().strip();
        }
    }

    /** Where a program lies: on the search path, or where administrators' programs lie. */
    public static Optional<Path> locate(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator)).filter(part -> !part.isEmpty()),
                        Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs a program in a folder and waits for its end.
     *
     * @throws IOException it could not be started
     * @throws InterruptedException the caller was cancelled; the program is ended
     */
    public static Result run(
            Path folder, Map<String, String> environment, Duration limit, List<String> words)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        StringBuilder output = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> drain(process.getInputStream(), output));
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            reader.join(Duration.ofSeconds(2));
            synchronized (output) {
                return new Result(ended ? process.exitValue() : -1, output.toString());
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static void drain(InputStream stream, StringBuilder into) {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                synchronized (into) {
                    if (into.length() < OUTPUT_LIMIT_BYTES) {
                        into.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                    }
                }
            }
        } catch (IOException ended) {
            // The program was ended: what was read so far is all there is.
        }
    }
}
