package org.standfest.host;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs programs as processes of this host. They speak English in UTF-8 ({@code LC_ALL=C.UTF-8}),
 * because their words are read, and find the end of their input at once.
 */
public final class HostPrograms implements ProgramRunner {

    /** How much of a program's output is kept, in bytes; what comes after is read and forgotten. */
    public static final int OUTPUT_LIMIT_BYTES = 64 * 1024;

    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private final Path folder;
    private final int outputLimitBytes;
    private final Charset charset;

    /** Programs that begin in the root folder. */
    public HostPrograms() {
        this(Path.of(File.separator));
    }

    /**
     * @param folder the folder in which programs begin
     */
    public HostPrograms(Path folder) {
        this(folder, OUTPUT_LIMIT_BYTES, StandardCharsets.UTF_8);
    }

    /**
     * @param folder the folder in which programs begin
     * @param outputLimitBytes how much of a program's output is kept
     * @param charset in which programs write
     */
    public HostPrograms(Path folder, int outputLimitBytes, Charset charset) {
        this.folder = folder;
        this.outputLimitBytes = outputLimitBytes;
        this.charset = charset;
    }

    /** Where a program lies: on the search path, or where administrators' programs lie. */
    public static Optional<Path> locate(String program) {
        return places(program).findFirst();
    }

    /** Every place where a program of this name lies; the one that a shell would take first. */
    static Stream<Path> places(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator)).filter(part -> !part.isEmpty()),
                        Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin"))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable);
    }

    @Override
    public Result run(List<String> words, Map<String, String> environment, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        // It would win over C.UTF-8, as it does not over plain C.
        builder.environment().remove("LANGUAGE");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            closeInput(process);
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            Thread reader = Thread.ofVirtual().start(() -> drain(process.getInputStream(), output));
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                end(process);
                process.waitFor();
            }
            // Something it left running may keep its output open for ever.
            reader.join(LAST_OUTPUT);
            synchronized (output) {
                return new Result(
                        ended ? process.exitValue() : Result.LATE, output.toString(charset));
            }
        } finally {
            end(process);
        }
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException endedAlready) {
            // Nobody reads it any more: that is as good as closed.
        }
    }

    private static void end(Process process) {
        if (process.isAlive()) {
            // Asked for before its end: afterwards they are nobody's children.
            List<ProcessHandle> started = process.descendants().toList();
            process.destroyForcibly();
            for (ProcessHandle one : started) {
                one.descendants().forEach(ProcessHandle::destroyForcibly);
                one.destroyForcibly();
            }
        }
    }

    private void drain(InputStream stream, ByteArrayOutputStream into) {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                synchronized (into) {
                    into.write(buffer, 0, Math.min(count, outputLimitBytes - into.size()));
                }
            }
        } catch (IOException ended) {
            // The program was ended: what was read so far is all there is.
        }
    }
}
