package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.trust.Grant;
import org.standfest.trust.Identity;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Measures what agents cost that have nothing to do: {@code IdleFigures FOLDER AGENTS}. Both ends
 * are in this process.
 */
final class IdleFigures {

    private IdleFigures() {}

    public static void main(String[] arguments) throws Exception {
        int agents = Integer.parseInt(arguments[1]);
        try (Rig rig = new Rig(Files.createDirectories(Path.of(arguments[0])))) {
            String[] systems = new String[agents];
            for (int i = 0; i < agents; i++) {
                systems[i] = "system-" + i;
            }
            Identity identity =
                    rig.enrolClient()
                            .enrol(
                                    "127.0.0.1",
                                    rig.port,
                                    rig.code(Grant.agent(Set.of(systems))),
                                    "a")
                            .orThrow();
            long before = used();
            List<Channel> lines = new ArrayList<>();
            for (int i = 0; i < Math.min(agents, ChannelSettings.standard().connections()); i++) {
                Channel line = rig.connect(identity, Purpose.CONTROL).orThrow();
                lines.add(line);
                line.send(new Message.KeepAlive());
            }
            System.out.printf(
                    "%d lines: %.1f KiB of heap a line for both ends, %d platform threads%n",
                    lines.size(),
                    (used() - before) / 1024.0 / lines.size(),
                    ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
