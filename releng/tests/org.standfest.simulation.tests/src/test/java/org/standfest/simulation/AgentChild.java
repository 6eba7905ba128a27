package org.standfest.simulation;

import org.standfest.replication.agent.AgentHome;
import org.standfest.replication.agent.AgentSettings;
import org.standfest.replication.agent.Pause;
import org.standfest.replication.agent.ProtectedSystem;
import org.standfest.replication.agent.Replicator;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.PlainDisks;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.objectives.SessionRecord;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.StandbyConnector;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * An agent's process that is there to be killed: changes its disk and replicates, again and again.
 */
final class AgentChild {

    static final int BLOCK = 65_536;
    static final int BLOCKS = 48;

    private AgentChild() {}

    /** The content of a block in the n-th state of the disk; every state differs in a few. */
    static byte[] block(long state, int index) {
        byte[] bytes = new byte[BLOCK];
        long generation = (state + index) / 6;
        if (generation % 4 != 0) {
            new SplittableRandom(generation * 1_000 + index).nextBytes(bytes);
        }
        if (index == 0) {
            java.nio.ByteBuffer.wrap(bytes).putLong(state);
        }
        return bytes;
    }

    /**
     * Arguments: home, port of the standby, first state. Says {@code <N>} for what is committed.
     */
    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        Path image = home.resolve("disk.img");
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        AgentHome agent = new AgentHome(home.resolve("agent"));
        Identity identity = Identity.load(home.resolve("identity")).orThrow();
        AgentSettings settings = AgentSettings.standard();
        StandbyConnector connector =
                new StandbyConnector(
                        identity.clientContext(clock, random),
                        settings.channels(),
                        Locale.ENGLISH,
                        "kill");
        int port = Integer.parseInt(arguments[1]);
        LocalPoolFiles files = new LocalPoolFiles();
        Replicator replicator =
                new Replicator(
                        agent,
                        () -> Map.of("file", new PlainDisks(files, clock)),
                        purpose -> connector.connect("127.0.0.1", port, purpose),
                        new SessionSender(files, settings.sending()),
                        settings,
                        Pause.real(),
                        Freezer.NONE,
                        clock,
                        random);
        ProtectedSystem system =
                new ProtectedSystem(
                        "s",
                        "Server",
                        List.of(
                                new VolumeSource(
                                        "disk0", VolumeKind.DISK, "file", image.toString())),
                        Duration.ZERO,
                        Map.of());
        System.out.println("ready");
        for (long state = Long.parseLong(arguments[2]); ; state++) {
            try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
                for (int i = 0; i < BLOCKS; i++) {
                    disk.seek((long) i * BLOCK);
                    disk.write(block(state, i));
                }
            }
            Outcome<Map<String, String>> done =
                    replicator.replicate(
                            system,
                            SessionRecord.Trigger.SCHEDULE,
                            (_, _) -> {},
                            Cancellation.NEVER);
            if (done.isDone()) {
                System.out.println("<" + state + ">");
            }
        }
    }
}
