package org.standfest.replication.snapshots;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs programs of the host; the boundary that tests replace. Safe for any thread. */
public interface ProgramRunner {

    /** How much of a program's output is kept. */
    int OUTPUT_LIMIT_BYTES = 64 * 1024;

    /**
     * What became of a program.
     *
     * @param exitCode 0 for success by convention; {@link #LATE} when it was ended at its limit
     * @param output standard output and error together, at most {@link #OUTPUT_LIMIT_BYTES}
     */
    record Result(int exitCode, String output) {

        /** The exit code of a program that was ended for being too slow. */
        public static final int LATE = -1;

        /** Whether it said that it succeeded. */
        public boolean succeeded() {
            return exitCode == 0;
        }

        /** The last line that says something, or the exit code. */
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
}
