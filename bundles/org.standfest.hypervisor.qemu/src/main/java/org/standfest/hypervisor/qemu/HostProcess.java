package org.standfest.hypervisor.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process of this host, told apart from a later one with the same number by the time it started.
 *
 * @param pid the process id
 * @param startTicks when it started, in clock ticks since the host's boot
 */
record HostProcess(long pid, long startTicks) {

    private static final Path PROC = Path.of("/proc");

    /**
     * The process that has this id now; empty when there is none. A finished process that nobody
     * fetched is none.
     */
    static Optional<HostProcess> now(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            // The second field is the program's name in brackets and may hold anything, brackets
            // and blanks too.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            // A zombie whose other threads have not ended yet may still hold its files, and their
            // locks.
            boolean finished =
                    fields[0].equals("X")
                            || fields[0].equals("Z") && fields[17].compareTo("1") <= 0;
            return finished
                    ? Optional.empty()
                    : Optional.of(new HostProcess(pid, Long.parseLong(fields[19])));
        } catch (IOException | RuntimeException none) {
            return Optional.empty();
        }
    }

    /** Whether this very process still runs. */
    boolean lives() {
        return now(pid).filter(this::equals).isPresent();
    }

    /**
     * Ends it at once, if it still is this one. It may take a moment until {@link #lives} is false.
     */
    void kill() {
        if (lives()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
