package org.standfest.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A process of this host, told apart from a later one with the same number by the time it started.
 *
 * @param pid the process id
 * @param startTicks when it started, in clock ticks since the host's boot
 */
public record HostProcess(long pid, long startTicks) {

    private static final Path PROC = Path.of("/proc");

    /**
     * The process that has this id now; empty when there is none. A finished process that nobody
     * fetched is none.
     */
    public static Optional<HostProcess> now(long pid) {
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

    /** What tells it apart, for a file. */
    public Map<String, String> properties() {
        return Map.of("pid", Long.toString(pid), "startTicks", Long.toString(startTicks));
    }

    /** The process that {@link #properties} tell apart; empty if they tell none. */
    public static Optional<HostProcess> of(Map<String, String> properties) {
        try {
            return Optional.of(
                    new HostProcess(
                            Long.parseLong(properties.get("pid")),
                            Long.parseLong(properties.get("startTicks"))));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** Whether this very process still runs. */
    public boolean lives() {
        return now(pid).filter(this::equals).isPresent();
    }

    /**
     * Ends it at once, if it still is this one. It may take a moment until {@link #lives} is false.
     */
    public void kill() {
        if (lives()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
