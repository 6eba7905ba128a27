package org.standfest.engine;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A libvirt that answers: the machine's own, or one that runs as long as the test. */
final class LibvirtDaemon implements AutoCloseable {

    private static final int STEPS = 100;
    private static final long STEP_NANOS = 200_000_000;
    private final List<Process> started = new ArrayList<>();

    /**
     * Takes in what libvirt lets go: it looks at QEMU by daemons of its own and waits 40 seconds
     * for each that nobody reaps, as where process 1 is no init.
     */
    private static final String REAPER =
            """
            import ctypes, os, signal, sys
            ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
            child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
            signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
            while True:
                ended, code = os.wait()
                if ended == child:
                    sys.exit(os.waitstatus_to_exitcode(code))
            """;

    private static LibvirtDaemon running;
    private static int users;

    /** One for all tests of this process that run at a time; each closes it. */
    static synchronized LibvirtDaemon shared() throws IOException {
        if (users == 0) {
            running = new LibvirtDaemon();
        }
        users++;
        return running;
    }

    /** Starts one if none answers; the test is skipped, with the reason, where that cannot be. */
    private LibvirtDaemon() throws IOException {
        if (answers()) {
            return;
        }
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/libvirtd"))
                        && LoopFileSystem.run(List.of("id", "libvirt-qemu")) == 0,
                "libvirt is not installed here");
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "not root");
        Files.createDirectories(Path.of("/var/log/libvirt/qemu"));
        for (String program : List.of("virtlogd", "libvirtd")) {
            started.add(
                    new ProcessBuilder("python3", "-c", REAPER, "/usr/sbin/" + program)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start());
        }
        for (int i = 0; i < STEPS && !answers(); i++) {
            LockSupport.parkNanos(STEP_NANOS);
        }
        if (!answers()) {
            end();
            Assumptions.abort("libvirt does not answer here");
        }
    }

    private static boolean answers() {
        return LoopFileSystem.run(List.of("virsh", "-q", "-c", "qemu:///system", "list")) == 0;
    }

    /** Runs virsh; what it printed. */
    static String virsh(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("virsh", "-q", "-c", "qemu:///system"));
        all.addAll(List.of(words));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", all) + ": " + said);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
        return said;
    }

    @Override
    public void close() {
        synchronized (LibvirtDaemon.class) {
            users--;
            if (users == 0) {
                end();
            }
        }
    }

    private void end() {
        for (Process process : started.reversed()) {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException stopped) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
