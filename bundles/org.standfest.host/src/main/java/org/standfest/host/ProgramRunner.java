package org.standfest.host;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs programs of the host; the boundary that tests replace. Safe for any thread. */
@FunctionalInterface
public interface ProgramRunner {

    /**
     * What became of a program.
     *
     * @param exitCode 0 for success by convention; {@link #LATE} when it was ended at its limit
     * @param output standard output and error together, up to the runner's limit
     */
    record Result(int exitCode, String output) {

        /** The exit code of a program that was ended for being too slow. */
        public static final int LATE = -1;

        /** Whether it said that it succeeded. */
        public boolean succeeded() {
            return exitCode == 0;
        }

        /** The last line that says something, or the exit code; for explanations. */
        public String lastLine() {
            List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty() ? "exit code " + exitCode : lines.getLast().strip();
        }
    }

    /**
     * Runs a program and waits for its end. At the limit, or when the caller is interrupted, it is
     * ended together with everything it started.
     *
     * @param words program and arguments; no shell reads them
     * @param environment added to this process's
     * @throws IOException it could not be started
     * @throws InterruptedException the caller was interrupted; the program is ended
     */
    Result run(List<String> words, Map<String, String> environment, Duration limit)
            throws IOException, InterruptedException;

    /** The same without anything added to the environment. */
    default Result run(List<String> words, Duration limit)
            throws IOException, InterruptedException {
        return run(words, Map.of(), limit);
    }
}
