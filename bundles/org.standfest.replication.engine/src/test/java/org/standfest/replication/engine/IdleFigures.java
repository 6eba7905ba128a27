package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.trust.Identity;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what agents cost that have nothing to do: {@code IdleFigures FOLDER AGENTS}. Both ends
 * are in this process.
 */
final class IdleFigures {

    private IdleFigures() {}

    public static void main(String[] arguments) throws Exception {
        int agents = Integer.parseInt(arguments[1]);
        try (Rig rig = new Rig(Files.createDirectories(Path.of(arguments[0])))) {
            List<Identity> identities = new ArrayList<>();
            for (int i = 0; i < agents; i++) {
                identities.add(rig.agent("system-" + i));
            }
            long before = used();
            List<Channel> lines = new ArrayList<>();
            for (Identity identity : identities) {
                Channel line = rig.connect(identity, Purpose.CONTROL).orThrow();
                line.send(new Message.AgentReport("host", "test", List.of(), List.of()));
                lines.add(line);
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
