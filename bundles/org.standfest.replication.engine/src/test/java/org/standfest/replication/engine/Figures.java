package org.standfest.replication.engine;

import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Measures first copy and increments over loopback with both ends in one process: {@code Figures
 * FOLDER MEBIBYTES}.
 */
final class Figures {

    private static final int CHANGED = 655;

    private Figures() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        long size = Long.parseLong(arguments[1]) << 20;
        try (Rig rig = new Rig(folder.resolve("standby"))) {
            Path image = folder.resolve("disk.img");
            make(image, size);
            Identity agent = rig.agent("ledger");
            SessionSender.Sent sent = measure("first copy", rig, agent, image, Optional.empty(), 0);
            for (int round = 1; round <= 4; round++) {
                change(image, size, round);
                sent =
                        measure(
                                "increment " + round,
                                rig,
                                agent,
                                image,
                                Optional.of(sent.basis()),
                                1);
            }
            sent = measure("nothing changed", rig, agent, image, Optional.of(sent.basis()), 1);
            System.out.println(
                    "identical: "
                            + (Files.mismatch(
                                            image, rig.pool.newestImage("ledger", "disk").orThrow())
                                    < 0));
        }
    }

    private static SessionSender.Sent measure(
            String what, Rig rig, Identity agent, Path image, Optional<Basis> basis, long epoch) {
        PrintStream out = System.out;
        com.sun.management.OperatingSystemMXBean machine =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        long cpu = machine.getProcessCpuTime();
        long began = System.nanoTime();
        SessionSender.Sent sent = rig.replicate(agent, "ledger", image, basis, epoch).orThrow();
        out.printf(
                "%-16s wall %6.2f s  cpu %6.2f s  blocks sent %6s  on wire %10s  changed %10s%n",
                what,
                (System.nanoTime() - began) / 1e9,
                (machine.getProcessCpuTime() - cpu) / 1e9,
                sent.facts().get(FactNames.BLOCKS_SENT),
                sent.facts().get(FactNames.BYTES_ON_WIRE),
                sent.facts().get(FactNames.BYTES_CHANGED));
        return sent;
    }

    private static void make(Path image, long size) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        byte[] block = new byte[1 << 20];
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(size);
            for (long at = 0; at < size; at += block.length) {
                if (random.nextInt(100) < 62) {
                    random.nextBytes(block);
                    file.seek(at);
                    file.write(block);
                }
            }
        }
    }

    private static void change(Path image, long size, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] block = new byte[Blocks.SIZE];
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            for (int i = 0; i < CHANGED; i++) {
                random.nextBytes(block);
                file.seek(random.nextLong(size / Blocks.SIZE) * Blocks.SIZE);
                file.write(block);
            }
        }
    }
}
