package org.standfest.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.engine.EnrolClient;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.transport.ChannelSettings;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills real processes with SIGKILL: an agent and a standby with TLS between them and real files
 * below, each at a random moment, and looks at the pool after each pair of deaths. Six rounds
 * (twelve kills) by default, because each starts two Java machines; the system property {@code
 * standfest.kills} says how many rounds: 100 are two hundred kills.
 */
class KillPairTest {

    private static final int ROUNDS = Integer.getInteger("standfest.kills", 6);

    @TempDir Path folder;

    /** What this test runs with, however it was started: a booter's jar, or class loaders. */
    private static String classPath() {
        List<String> places = new ArrayList<>();
        ClassLoader loader = KillPairTest.class.getClassLoader();
        for (; loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader known) {
                for (URL url : known.getURLs()) {
                    places.add(Path.of(URI.create(url.toString())).toString());
                }
            }
        }
        places.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, places);
    }

    private static Process start(Class<?> child, String... arguments) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classPath(),
                                child.getName()));
        words.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @Test
    void whatWasAcknowledgedIsThereAfterEveryDeath() throws Exception {
        SplittableRandom random = new SplittableRandom();
        long acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Process standby = start(StandbyChild.class, folder.toString(), "0");
            BufferedReader said = standby.inputReader();
            String[] ready = said.readLine().split(" ");
            assertEquals("ready", ready[0]);
            if (round == 0) {
                enrol(Integer.parseInt(ready[1]), ready[2]);
            }
            Process agent =
                    start(
                            AgentChild.class,
                            folder.toString(),
                            ready[1],
                            Long.toString(acknowledged + 1 + random.nextInt(3)));
            BufferedReader heard = agent.inputReader();
            assertEquals("ready", heard.readLine());
            if (round == 0) {
                acknowledged = number(heard.readLine());
            }
            boolean agentFirst = random.nextBoolean();
            Process first = agentFirst ? agent : standby;
            Process second = agentFirst ? standby : agent;
            first.waitFor(random.nextInt(1_500), TimeUnit.MILLISECONDS);
            first.toHandle().destroyForcibly();
            if (agentFirst) {
                letsGo(standby);
            }
            second.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS);
            second.toHandle().destroyForcibly();
            List<String> lines = heard.lines().toList();
            acknowledged =
                    lines.stream()
                            .filter(line -> line.matches("<\\d+>"))
                            .mapToLong(KillPairTest::number)
                            .max()
                            .orElse(acknowledged);
            standby.waitFor();
            check(acknowledged);
        }
        assertTrue(acknowledged > 0);
    }

    /** Nobody holds files of the pool open for an agent that is dead: only the lock stays. */
    private void letsGo(Process standby) throws Exception {
        Path pool = folder.resolve("pool");
        List<Path> held = open(standby, pool);
        for (int looks = 0; looks < 600 && held.size() > 1; looks++) {
            assertFalse(standby.waitFor(50, TimeUnit.MILLISECONDS), "the standby lives");
            held = open(standby, pool);
        }
        assertEquals(List.of(pool.resolve("pool.lock")), held);
    }

    private static List<Path> open(Process process, Path below) throws IOException {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path descriptor : all.toList()) {
                try {
                    open.add(Files.readSymbolicLink(descriptor));
                } catch (NoSuchFileException closedMeanwhile) {
                    continue;
                }
            }
        }
        open.removeIf(file -> !file.startsWith(below));
        return open;
    }

    private static long number(String line) {
        return Long.parseLong(line.substring(1, line.length() - 1));
    }

    private void enrol(int port, String code) {
        new EnrolClient(
                        ChannelSettings.standard(),
                        Locale.ENGLISH,
                        "kill",
                        Clock.systemUTC(),
                        new SecureRandom())
                .enrol("127.0.0.1", port, code, "kill")
                .orThrow()
                .save(folder.resolve("identity"))
                .orThrow();
    }

    private void check(long acknowledged) throws IOException {
        try (ImagePool pool =
                new PoolOpener(new LocalPoolFiles(), Clock.systemUTC(), new SecureRandom())
                        .open(folder.resolve("pool"), new PoolSettings(0))
                        .orThrow()) {
            VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
            assertTrue(report.intact(), report.findings()::toString);
            byte[] image = Files.readAllBytes(pool.newestImage("s", "disk0").orThrow());
            long state = ByteBuffer.wrap(image).getLong();
            assertTrue(state >= acknowledged, state + " after " + acknowledged);
            assertEquals(AgentChild.BLOCK * AgentChild.BLOCKS, image.length);
            for (int i = 0; i < AgentChild.BLOCKS; i++) {
                assertArrayEquals(
                        AgentChild.block(state, i),
                        Arrays.copyOfRange(image, i * AgentChild.BLOCK, (i + 1) * AgentChild.BLOCK),
                        "block " + i);
            }
            pool.keepLast("s", 4).orThrow();
        }
    }
}
