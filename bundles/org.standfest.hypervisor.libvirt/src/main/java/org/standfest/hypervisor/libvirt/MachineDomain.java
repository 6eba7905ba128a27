package org.standfest.hypervisor.libvirt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.standfest.host.HostProcess;
import org.standfest.host.ProgramRunner;
import org.standfest.host.Waiting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One of our own machines, as {@code virsh} starts and ends it. Safe for any thread.
 *
 * @param virsh talks to libvirt
 * @param name the domain's name
 * @param running where libvirt writes down the numbers of its machines' processes
 */
record MachineDomain(Virsh virsh, String name, Path running) {

    /** Where the daemon of this host writes them down. */
    static final Path RUNNING = Path.of("/run/libvirt/qemu");

    private static final Duration ASK = Duration.ofSeconds(15);
    private static final Path PROCESSES = Path.of("/proc");
    private static final Pattern STATUS = Pattern.compile("\"status\"\\s*:\\s*\"([a-z-]+)\"");

    /** Runs a command on it. */
    ProgramRunner.Result run(Duration limit, String command, String... more) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("virsh", "-q", "-c", LibvirtHypervisor.URI, command, name));
        words.addAll(List.of(more));
        return virsh.run(limit, words);
    }

    /** Lets libvirt know it, or know it otherwise than before. */
    void define(Path paper, String xml) throws IOException {
        Files.writeString(paper, xml);
        ProgramRunner.Result said =
                virsh.run(
                        ASK,
                        List.of(
                                "virsh",
                                "-q",
                                "-c",
                                LibvirtHypervisor.URI,
                                "define",
                                paper.toString()));
        if (!said.succeeded()) {
            throw new IOException(said.lastLine());
        }
    }

    /** Lets libvirt forget it when it does not run; its disks and its firmware's memory stay. */
    void undefine() throws IOException {
        if (!run(ASK, "undefine", "--checkpoints-metadata", "--keep-nvram").succeeded()) {
            // Libvirt refuses what it does not know, and to keep what is not there.
            run(ASK, "undefine", "--checkpoints-metadata");
        }
    }

    /** What it does: {@code running}, {@code paused}, {@code shut off} and others. */
    Optional<String> state() throws IOException {
        ProgramRunner.Result said = run(ASK, "domstate");
        return said.succeeded() ? Optional.of(said.lastLine()) : Optional.empty();
    }

    /** What the process itself answers; empty when it does not within the limit. */
    Optional<String> status(Duration limit) {
        try {
            ProgramRunner.Result said =
                    run(limit, "qemu-monitor-command", "{\"execute\":\"query-status\"}");
            Matcher matcher = STATUS.matcher(said.output());
            return said.succeeded() && matcher.find()
                    ? Optional.of(matcher.group(1))
                    : Optional.empty();
        } catch (IOException fault) {
            return Optional.empty();
        }
    }

    /** Its process; libvirt writes the number down when the machine has come up. */
    Optional<HostProcess> process(Duration limit) {
        AtomicReference<Optional<HostProcess>> found = new AtomicReference<>(Optional.empty());
        Waiting.until(
                () -> {
                    found.set(now());
                    return found.get().isPresent();
                },
                limit);
        return found.get();
    }

    /**
     * Its process as libvirt knows it at this moment. A number that was left behind may be another
     * process's by now, so it counts only if that one was started under this machine's name.
     */
    Optional<HostProcess> now() {
        try {
            String number = Files.readString(running.resolve(name + ".pid")).strip();
            return HostProcess.now(Long.parseLong(number)).filter(this::isIt);
        } catch (IOException | NumberFormatException notThere) {
            return Optional.empty();
        }
    }

    private boolean isIt(HostProcess process) {
        try {
            Path commandLine = PROCESSES.resolve(Long.toString(process.pid())).resolve("cmdline");
            String guest = "guest=" + name;
            return Stream.of(Files.readString(commandLine, ISO_8859_1).split("\0"))
                    .anyMatch(word -> word.equals(guest) || word.startsWith(guest + ","));
        } catch (IOException ended) {
            return false;
        }
    }
}
