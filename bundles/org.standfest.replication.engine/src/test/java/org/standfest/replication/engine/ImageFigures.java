package org.standfest.replication.engine;

import org.standfest.replication.protocol.FactNames;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Measures sessions of an image over TLS on loopback into a real pool, both sides in this process:
 * {@code ImageFigures IMAGE STANDBY-FOLDER [LEVEL]}. With every further line on standard input the
 * image, changed by somebody else meanwhile, is replicated once more; a line that begins with
 * {@code full} makes a first copy of it under another name, for figures of a warm machine.
 */
final class ImageFigures {

    private static final String SYSTEM = "bench";

    private ImageFigures() {}

    public static void main(String[] arguments) throws Exception {
        Path image = Path.of(arguments[0]);
        Path home = Path.of(arguments[1]);
        CompressionChoice level = CompressionChoice.of(arguments.length > 2 ? arguments[2] : "");
        Files.createDirectories(home);
        try (Rig rig = new Rig(home)) {
            rig.settings = new SessionSender.Settings(2, level);
            Identity agent = rig.agent(SYSTEM, "full0", "full1", "full2", "full3");
            BasisFolder folder = new BasisFolder(home.resolve("basis"));
            String line = "first";
            while (line != null && !line.isEmpty()) {
                if (line.startsWith("full")) {
                    full(rig, agent, image, line);
                } else {
                    session(rig, agent, image, folder, line);
                }
                line = System.console() == null ? readLine() : System.console().readLine();
            }
        }
    }

    private static String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = System.in.read(); c >= 0 && c != '\n'; c = System.in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void full(Rig rig, Identity agent, Path image, String name) throws IOException {
        long cpu = cpuMillis();
        long began = System.nanoTime();
        SessionSender.Sent sent = rig.replicate(agent, name, image, Optional.empty(), 0).orThrow();
        tell(name, sent, System.nanoTime() - began, cpuMillis() - cpu);
    }

    private static void session(
            Rig rig, Identity agent, Path image, BasisFolder folder, String name)
            throws IOException {
        long cpu = cpuMillis();
        long began = System.nanoTime();
        Optional<Basis> basis = folder.load();
        SessionSender.Sent sent =
                rig.replicate(agent, SYSTEM, image, basis, basis.isPresent() ? 1 : 0).orThrow();
        folder.save(sent.basis());
        tell(name, sent, System.nanoTime() - began, cpuMillis() - cpu);
    }

    private static void tell(String name, SessionSender.Sent sent, long nanos, long cpuMillis)
            throws IOException {
        System.out.printf(
                "%s: wall %.3f s, cpu %.2f s, wire %.3f MB, blocks %s sent %s patched %s, rss %s%n",
                name,
                Duration.ofNanos(nanos).toMillis() / 1e3,
                cpuMillis / 1e3,
                Rig.fact(sent, FactNames.BYTES_ON_WIRE) / 1e6,
                sent.facts().get(FactNames.BLOCKS_CHANGED),
                sent.facts().get(FactNames.BLOCKS_SENT),
                sent.facts().get(FactNames.BLOCKS_PATCHED),
                anonymousMemory());
    }

    private static long cpuMillis() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    private static String anonymousMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon") || line.startsWith("VmHWM"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList()
                .toString();
    }
}
