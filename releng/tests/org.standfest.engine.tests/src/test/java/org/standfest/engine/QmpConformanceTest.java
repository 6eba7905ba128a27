package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.qemu.QemuSettings;
import org.standfest.hypervisor.qemu.QmpSnapshotProvider;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.source.conformance.SnapshotConformance;
import org.standfest.replication.source.conformance.SourceFixture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The provider for running QEMU machines against a real QEMU. */
@Tag("engine")
class QmpConformanceTest {

    private static final String[] NAMES = {"system", "data"};

    @TempDir Path folder;

    private final class Fixture implements SourceFixture {

        private final BareQemu qemu;
        private SnapshotProvider provider = fresh();

        Fixture(BareQemu qemu) {
            this.qemu = qemu;
        }

        private static SnapshotProvider fresh() {
            return new QmpSnapshotProvider(QemuSettings.ofThisHost(), InstantSource.system());
        }

        @Override
        public SnapshotProvider provider() {
            return provider;
        }

        @Override
        public SnapshotProvider restart() {
            provider = fresh();
            return provider;
        }

        @Override
        public List<VolumeSource> volumes() {
            List<VolumeSource> volumes = new ArrayList<>();
            for (int i = 0; i < NAMES.length; i++) {
                String address = qemu.control + "#disk-" + i;
                volumes.add(new VolumeSource(NAMES[i], VolumeKind.DISK, "qmp", address));
            }
            return volumes;
        }

        @Override
        public VolumeSource absent() {
            return new VolumeSource("absent", VolumeKind.DISK, "qmp", folder + "/nobody#disk-0");
        }

        @Override
        public void write(VolumeSource disk, long position, byte[] content) throws IOException {
            qemu.write(disk.name().equals(NAMES[0]) ? 0 : 1, position, content);
        }

        @Override
        public boolean freezes() {
            return true;
        }

        @Override
        public boolean tracks() {
            return true;
        }

        @Override
        public boolean loseTracking() throws IOException {
            // Somebody makes the record of changes anew, under its old name, with something in it.
            for (int i = 0; i < NAMES.length; i++) {
                qemu.write(i, 1 << 20, new byte[] {1});
                recreate(qemu, "disk-" + i);
            }
            return true;
        }

        @Override
        public List<String> leftOvers() throws IOException {
            List<String> left = new ArrayList<>();
            for (JsonElement node :
                    qemu.execute("{\"execute\": \"query-named-block-nodes\"}")
                            .getAsJsonArray("return")) {
                String name = node.getAsJsonObject().get("node-name").getAsString();
                if (name.startsWith("sf-")) {
                    left.add(name);
                }
            }
            try (Stream<Path> files = Files.list(QemuSettings.ofThisHost().memory())) {
                files.filter(file -> file.getFileName().toString().startsWith("snapshot-"))
                        .filter(file -> !inUse(file.resolve("in-use")))
                        .forEach(file -> left.add(file.toString()));
            }
            return left;
        }

        /** What a real kill would have unlocked: the forgotten snapshot lives in this process. */
        private static boolean inUse(Path lock) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
                return channel.tryLock() == null;
            } catch (OverlappingFileLockException | IOException oursOrGone) {
                return true;
            }
        }

        @Override
        public Optional<VolumeSource> wrongKind() {
            return Optional.of(
                    new VolumeSource("wrong", VolumeKind.TREE, "qmp", qemu.control + "#disk-0"));
        }
    }

    private static void recreate(BareQemu qemu, String node) {
        for (JsonElement element :
                qemu.execute("{\"execute\": \"query-named-block-nodes\"}")
                        .getAsJsonArray("return")) {
            JsonObject object = element.getAsJsonObject();
            if (object.get("node-name").getAsString().equals(node) && object.has("dirty-bitmaps")) {
                for (JsonElement bitmap : object.getAsJsonArray("dirty-bitmaps")) {
                    String name = bitmap.getAsJsonObject().get("name").getAsString();
                    if (name.startsWith("sf-since-")) {
                        String target = "{\"node\": \"" + node + "\", \"name\": \"" + name + "\"";
                        qemu.execute(
                                "{\"execute\": \"block-dirty-bitmap-remove\", \"arguments\": "
                                        + target
                                        + "}}");
                        qemu.execute(
                                "{\"execute\": \"block-dirty-bitmap-add\", \"arguments\": "
                                        + target
                                        + ", \"granularity\": 65536}}");
                    }
                }
            }
        }
    }

    private BareQemu qemu() throws IOException {
        List<Path> disks = new ArrayList<>();
        for (String name : NAMES) {
            disks.add(Files.write(folder.resolve(name + ".raw"), new byte[8 << 20]));
        }
        return new BareQemu(folder, disks);
    }

    @Test
    void conforms() throws IOException {
        try (BareQemu qemu = qemu()) {
            assertEquals(List.of(), SnapshotConformance.breaches(new Fixture(qemu)));
        }
    }

    @Test
    void aRecordThatWasMadeAnewIsFoundOutByItsTwin() throws IOException {
        try (BareQemu qemu = qemu()) {
            Fixture fixture = new Fixture(qemu);
            List<VolumeSource> one = fixture.volumes().subList(0, 1);
            try (Snapshot snapshot = take(fixture, one, Optional.empty())) {
                snapshot.settle(new Settlement.Committed("t1"));
            }
            fixture.write(one.getFirst(), 0, new byte[4096]);
            recreate(qemu, "disk-0");
            fixture.write(one.getFirst(), 1 << 20, new byte[4096]);
            try (Snapshot snapshot = take(fixture, one, Optional.of("t1"))) {
                Changes.Unknown unknown =
                        assertInstanceOf(Changes.Unknown.class, snapshot.disk("system").changes());
                assertEquals("qemu.bitmap-gap", unknown.reason().code());
                snapshot.settle(new Settlement.Committed("t2"));
            }
            fixture.write(one.getFirst(), 2 << 20, new byte[4096]);
            try (Snapshot snapshot = take(fixture, one, Optional.of("t2"))) {
                Changes.Tracked tracked =
                        assertInstanceOf(Changes.Tracked.class, snapshot.disk("system").changes());
                assertEquals(1, tracked.ranges().size());
                assertEquals(2 << 20, tracked.ranges().getFirst().position());
            }
        }
    }

    @Test
    void aMachineThatWasRestartedHasNoRecordAndTheViewIsRight() throws IOException {
        byte[] content = new byte[4096];
        Arrays.fill(content, (byte) 7);
        Fixture fixture;
        try (BareQemu first = qemu()) {
            fixture = new Fixture(first);
            try (Snapshot snapshot = take(fixture, fixture.volumes(), Optional.empty())) {
                snapshot.settle(new Settlement.Committed("t1"));
            }
            fixture.write(fixture.volumes().getFirst(), 0, content);
        }
        Files.deleteIfExists(folder.resolve("control"));
        Files.deleteIfExists(folder.resolve("second"));
        try (BareQemu second =
                new BareQemu(
                        folder,
                        List.of(folder.resolve("system.raw"), folder.resolve("data.raw")))) {
            Fixture again = new Fixture(second);
            try (Snapshot snapshot = take(again, again.volumes(), Optional.of("t1"))) {
                Changes.Unknown unknown =
                        assertInstanceOf(Changes.Unknown.class, snapshot.disk("system").changes());
                assertEquals("qemu.bitmap-lost", unknown.reason().code());
                ByteBuffer read = ByteBuffer.allocate(content.length);
                assertTrue(snapshot.disk("system").read(0, read) > 0);
                assertArrayEquals(content, read.array());
            }
        }
    }

    private static Snapshot take(
            Fixture fixture, List<VolumeSource> volumes, Optional<String> basis) {
        return fixture.provider()
                .take(new SnapshotRequest("s", volumes, basis, Duration.ofSeconds(30)))
                .orThrow();
    }
}
