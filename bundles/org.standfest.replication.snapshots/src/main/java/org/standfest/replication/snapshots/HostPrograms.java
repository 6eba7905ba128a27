package org.standfest.replication.snapshots;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs as processes of this host. */
public final class HostPrograms implements ProgramRunner {

    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    @Override
    public Result run(List<String> words, Map<String, String> environment, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            StringBuilder output = new StringBuilder();
            Thread reader = Thread.ofVirtual().start(() -> drain(process.getInputStream(), output));
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                end(process);
                process.waitFor();
            }
            // Something it left running may keep its output open for ever.
            reader.join(LAST_OUTPUT);
            synchronized (output) {
                return new Result(ended ? process.exitValue() : Result.LATE, output.toString());
            }
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void drain(InputStream stream, StringBuilder into) {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                synchronized (into) {
                    if (into.length() < OUTPUT_LIMIT_BYTES) {
                        into.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IOException ended) {
            // The program was ended: what was read so far is all there is.
        }
    }
}
