package org.standfest.replication.windows;

import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs programs of Windows; the boundary that tests replace. Safe for any thread. */
@FunctionalInterface
public interface WindowsPrograms {

    /** How much of a program's output is kept: lists of shadow copies are long. */
    int OUTPUT_LIMIT_BYTES = 256 * 1024;

    /** The programs of this machine. */
    WindowsPrograms HOST = WindowsPrograms::runHere;

    /**
     * Runs a program and waits for its end.
     *
     * @throws IOException it is not there, or the caller was interrupted
     */
    ProgramRunner.Result run(List<String> words, Duration limit) throws IOException;

    private static ProgramRunner.Result runHere(List<String> words, Duration limit)
            throws IOException {
        Path root = Path.of("").toAbsolutePath().getRoot();
        try {
            return new HostPrograms(root, OUTPUT_LIMIT_BYTES, Charset.defaultCharset())
                    .run(words, limit);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while " + words.getFirst() + " ran", stopped);
        }
    }
}
