package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.files.ForwardingPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Trees in the pool are compared with their source through the JDK, which knows nothing of our
 * code.
 */
@Timeout(90)
class TreeReplicationTest {

    @TempDir private Path folder;
    private final SplittableRandom random = new SplittableRandom(11);
    private Rig rig;
    private Path tree;
    private Identity agent;
    private Optional<Basis> basis = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(folder.resolve("standby"));
        agent = rig.agent("files");
        tree = Files.createDirectory(folder.resolve("tree"));
        plant();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private void plant() throws IOException {
        for (int i = 0; i < 40; i++) {
            Path directory = Files.createDirectories(tree.resolve("d" + i % 7 + "/e" + i % 3));
            Files.write(directory.resolve("f" + i), bytes(random.nextInt(200_000)));
        }
        Files.write(tree.resolve("empty"), new byte[0]);
        Files.write(tree.resolve("Umläute und ß, 'Anführung'"), bytes(10));
        Files.write(tree.resolve("large"), bytes(1 << 20));
        try (RandomAccessFile sparse =
                new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(40 << 20);
            sparse.seek(20 << 20);
            sparse.write(bytes(5000));
        }
        Files.createLink(tree.resolve("d1/second-name"), tree.resolve("large"));
        Files.createLink(tree.resolve("zz-third-name"), tree.resolve("large"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("d0/e0"));
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("/nowhere/at/all"));
        Files.setAttribute(tree.resolve("empty"), "unix:mode", 04755);
        Files.setAttribute(tree.resolve("d2"), "unix:mode", 01777);
        Files.setLastModifiedTime(
                tree.resolve("empty"),
                FileTime.from(Instant.ofEpochSecond(1_234_567_890, 123_456_789)));
        Files.getFileAttributeView(tree.resolve("empty"), UserDefinedFileAttributeView.class)
                .write("note", ByteBuffer.wrap("Grüße".getBytes(StandardCharsets.UTF_8)));
        Files.setLastModifiedTime(
                tree.resolve("d3"), FileTime.from(Instant.ofEpochSecond(1_000_000_000, 5)));
    }

    private SessionSender.Sent replicate(String... excludes) {
        Map<String, String> options =
                excludes.length == 0
                        ? Map.of()
                        : Map.of(VolumeSource.EXCLUDE, String.join("\n", excludes));
        SessionSender.Sent sent =
                rig.replicate(
                                agent,
                                "files",
                                List.of(
                                        new VolumeSource(
                                                "tree",
                                                VolumeKind.TREE,
                                                "tree",
                                                tree.toString(),
                                                options)),
                                basis,
                                basis.isPresent() ? 1 : 0,
                                new SessionMemory(),
                                "key-" + random.nextLong(Long.MAX_VALUE))
                        .orThrow();
        basis = Optional.of(sent.basis());
        return sent;
    }

    private Path pooled() {
        return rig.pool.newestImage("files", "tree").orThrow();
    }

    private static Map<String, String> describe(Path root) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Map<Object, String> firstNames = new HashMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted().toList()) {
                found.put(root.relativize(path).toString(), describe(root, path, firstNames));
            }
        }
        return found;
    }

    private static String describe(Path root, Path path, Map<Object, String> firstNames)
            throws IOException {
        Map<String, Object> unix = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        StringBuilder text = new StringBuilder();
        text.append(Integer.toOctalString((int) unix.get("mode")));
        text.append(' ').append(unix.get("uid")).append(' ').append(unix.get("gid"));
        text.append(' ').append(((FileTime) unix.get("lastModifiedTime")).toInstant());
        if (Files.isSymbolicLink(path)) {
            return text.append(" -> ").append(Files.readSymbolicLink(path)).toString();
        }
        if (Files.isRegularFile(path)) {
            text.append(" size ").append(unix.get("size"));
            String name = root.relativize(path).toString();
            text.append(" first ").append(firstNames.computeIfAbsent(unix.get("ino"), key -> name));
            text.append(" hash ").append(java.util.Arrays.hashCode(Files.readAllBytes(path)));
        }
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
        for (String attribute : view.list()) {
            ByteBuffer value = ByteBuffer.allocate(view.size(attribute));
            view.read(attribute, value);
            text.append(' ').append(attribute).append('=');
            text.append(new String(value.array(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private void assertSame() throws IOException {
        Map<String, String> here = describe(tree);
        Map<String, String> there = describe(pooled());
        assertEquals(
                String.join("\n", here.entrySet().stream().map(Object::toString).toList()),
                String.join("\n", there.entrySet().stream().map(Object::toString).toList()));
    }

    @Test
    void firstCopyKeepsEverything() throws IOException {
        replicate();
        assertSame();
        Process du = new ProcessBuilder("du", "-k", pooled().resolve("sparse").toString()).start();
        long kibibytes =
                Long.parseLong(new String(du.getInputStream().readAllBytes()).split("\\s")[0]);
        assertTrue(kibibytes < 1000, "sparse file takes " + kibibytes + " KiB");
        assertTrue(rig.pool.verify("files", Progress.NONE).orThrow().intact());
    }

    @Test
    void nothingChangedReadsAndSendsNothing() throws Exception {
        Thread.sleep(80);
        replicate();
        SessionSender.Sent second = replicate();
        assertEquals(0, Rig.fact(second, FactNames.BLOCKS_EXAMINED));
        assertEquals(0, Rig.fact(second, FactNames.ENTRIES_CHANGED));
        assertTrue(Rig.fact(second, FactNames.BYTES_ON_WIRE) < 16_384, second.facts().toString());
    }

    @Test
    void incrementSendsChangedBlocksOfChangedFilesOnly() throws Exception {
        Thread.sleep(80);
        replicate();
        try (RandomAccessFile file = new RandomAccessFile(tree.resolve("large").toFile(), "rw")) {
            file.seek(300_000);
            file.write(1);
        }
        Files.write(tree.resolve("new"), bytes(100));
        Files.delete(tree.resolve("empty"));
        Files.move(tree.resolve("d4"), tree.resolve("moved"));
        Files.delete(tree.resolve("zz-third-name"));
        Files.setAttribute(tree.resolve("d5"), "unix:mode", 0700);
        SessionSender.Sent sent = replicate();
        assertSame();
        assertEquals(2, Rig.fact(sent, FactNames.BLOCKS_SENT), sent.facts().toString());
        assertTrue(Rig.fact(sent, FactNames.BYTES_ON_WIRE) < 90_000, sent.facts().toString());
        assertTrue(rig.pool.verify("files", Progress.NONE).orThrow().intact());
    }

    @Test
    void manyRandomChangesStayTheSame() throws Exception {
        replicate();
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 8; i++) {
                change(random.nextInt(6), random.nextInt(40));
            }
            replicate();
            assertSame();
        }
    }

    private void change(int kind, int number) throws IOException {
        Path directory =
                Files.createDirectories(tree.resolve("d" + number % 7 + "/e" + number % 3));
        Path file = directory.resolve("f" + number);
        switch (kind) {
            case 0 -> Files.deleteIfExists(file);
            case 1 -> Files.write(file, bytes(random.nextInt(150_000)));
            case 2 -> {
                if (Files.isRegularFile(file)) {
                    Files.write(file, bytes(50), StandardOpenOption.APPEND);
                }
            }
            case 3 -> {
                if (Files.isRegularFile(file)) {
                    Files.createLink(directory.resolve("l" + random.nextLong(1 << 30)), file);
                }
            }
            case 4 -> {
                Files.deleteIfExists(file);
                Files.createSymbolicLink(file, Path.of("elsewhere" + random.nextInt(9)));
            }
            default -> Files.move(directory, tree.resolve("m" + random.nextLong(1 << 30)));
        }
    }

    @Test
    void fileBecomesDirectoryAndBack() throws IOException {
        Path place = tree.resolve("place");
        Files.write(place, bytes(10));
        replicate();
        Files.delete(place);
        Files.createDirectory(place);
        Files.write(place.resolve("inner"), bytes(20));
        replicate();
        assertSame();
        Files.delete(place.resolve("inner"));
        Files.delete(place);
        Files.write(place, bytes(30));
        replicate();
        assertSame();
    }

    @Test
    void excludedFilesStayAtHome() throws IOException {
        replicate("d1", "*.tmp", "d2/e0/**", "/empty");
        assertTrue(Files.exists(pooled().resolve("d0")));
        assertTrue(Files.notExists(pooled().resolve("d1")));
        assertTrue(Files.notExists(pooled().resolve("empty")));
        assertTrue(Files.exists(pooled().resolve("d2/e0")));
        try (Stream<Path> inside = Files.list(pooled().resolve("d2/e0"))) {
            assertEquals(0, inside.count());
        }
    }

    @Test
    void agentThatLostItsIndexSendsNothingAgain() throws IOException {
        replicate();
        basis = Optional.empty();
        Optional<Basis> none = Optional.empty();
        SessionSender.Sent sent =
                rig.replicate(
                                agent,
                                "files",
                                List.of(
                                        new VolumeSource(
                                                "tree", VolumeKind.TREE, "tree", tree.toString())),
                                none,
                                1,
                                new SessionMemory(),
                                "another")
                        .orThrow();
        assertEquals(0, Rig.fact(sent, FactNames.BLOCKS_SENT));
        assertSame();
    }

    @Test
    void fileThatGrowsWhileItIsReadIsNoticed() throws Exception {
        Path busy = tree.resolve("busy");
        Files.write(busy, bytes(3_000_000));
        Thread writer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        for (int i = 0; i < 4000 && !Thread.interrupted(); i++) {
                                            Files.write(
                                                    busy,
                                                    new byte[] {1},
                                                    StandardOpenOption.APPEND);
                                        }
                                    } catch (IOException interrupted) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        SessionSender.Sent sent = replicate();
        writer.interrupt();
        writer.join();
        assertTrue(Rig.fact(sent, FactNames.FILES_UNSETTLED) <= 1);
        assertTrue(rig.pool.verify("files", Progress.NONE).orThrow().intact());
        replicate();
        assertSame();
    }

    /** Reads everything but one file. */
    private record Unreadable(PoolFiles real, String name) implements ForwardingPoolFiles {

        @Override
        public TreeFiles tree(Path directory) throws IOException {
            TreeFiles whole = real.tree(directory);
            InvocationHandler reads =
                    (_, method, arguments) -> {
                        boolean opens = method.getName().equals("open");
                        if (opens && arguments[0].toString().equals(name)) {
                            throw new IOException("a sector is broken");
                        }
                        try {
                            return method.invoke(whole, arguments);
                        } catch (InvocationTargetException fault) {
                            throw fault.getCause();
                        }
                    };
            return (TreeFiles)
                    Proxy.newProxyInstance(
                            TreeFiles.class.getClassLoader(),
                            new Class<?>[] {TreeFiles.class},
                            reads);
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aFaultOfTheSourceIsToldInAnHourWithoutALine() throws IOException {
        tree = Files.createDirectory(folder.resolve("other"));
        for (String name : List.of("a", "b", "c")) {
            Files.write(tree.resolve(name), bytes(1 << 20));
        }
        Files.write(tree.resolve("d"), bytes(10));
        rig.agentFiles = new Unreadable(rig.files, "d");
        rig.tools =
                new SenderTools(
                        Thread.ofPlatform().daemon().factory(),
                        System::nanoTime,
                        new Random(1),
                        new LineShares(_ -> 0, Clock.systemUTC(), System::nanoTime));
        List<VolumeSource> volumes =
                List.of(new VolumeSource("tree", VolumeKind.TREE, "tree", tree.toString()));
        Outcome<?> outcome =
                rig.replicate(agent, "files", volumes, basis, 0, new SessionMemory(), "no-line");
        assertEquals("engine.source-unreadable", outcome.problem().orElseThrow().code());
    }
}
