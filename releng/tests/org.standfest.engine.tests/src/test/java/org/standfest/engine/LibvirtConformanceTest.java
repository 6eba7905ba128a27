package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.standfest.hypervisor.libvirt.LibvirtSnapshotProvider;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The provider for libvirt machines against a real libvirt and a real QEMU that boots nothing. */
@Tag("engine")
class LibvirtConformanceTest {

    private static final String MACHINE = "tracked-test";
    private static final List<String> TARGETS = List.of("vda", "vdb");
    private static final Path PARENT = Path.of("/var/lib/libvirt/qemu");

    private final Path folder = PARENT.resolve("standfest-test-" + ProcessHandle.current().pid());
    private static LibvirtDaemon daemon;

    @BeforeAll
    static void startLibvirt() throws IOException {
        daemon = LibvirtDaemon.shared();
    }

    @AfterAll
    static void endLibvirt() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(folder);
        Files.setOwner(folder, Files.getOwner(PARENT));
    }

    @AfterEach
    void endEverything() throws IOException {
        if (Files.isDirectory(folder)) {
            LoopFileSystem.run(List.of("virsh", "-q", "-c", "qemu:///system", "destroy", MACHINE));
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private void start(String format) throws IOException {
        StringBuilder disks = new StringBuilder();
        for (String target : TARGETS) {
            Path image = folder.resolve(target + "." + format);
            assertEquals(
                    0,
                    LoopFileSystem.run(
                            List.of(
                                    "qemu-img",
                                    "create",
                                    "-q",
                                    "-f",
                                    format,
                                    image.toString(),
                                    "8M")));
            Files.setOwner(image, Files.getOwner(PARENT));
            disks.append("<disk type='file' device='disk'><driver name='qemu' type='")
                    .append(format)
                    .append("'/><source file='")
                    .append(image)
                    .append("'/><target dev='")
                    .append(target)
                    .append("' bus='virtio'/></disk>");
        }
        Path description =
                Files.writeString(
                        folder.resolve("machine.xml"),
                        "<domain type='qemu'><name>"
                                + MACHINE
                                + "</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>"
                                + "<os><type arch='x86_64' machine='pc'>hvm</type></os><devices>"
                                + disks
                                + "</devices></domain>");
        LibvirtDaemon.virsh("create", "--paused", description.toString());
    }

    private final class Fixture implements SourceFixture {

        private final boolean qcow2;
        private SnapshotProvider provider = new LibvirtSnapshotProvider();

        Fixture(boolean qcow2) {
            this.qcow2 = qcow2;
        }

        @Override
        public SnapshotProvider provider() {
            return provider;
        }

        @Override
        public SnapshotProvider restart() {
            provider = new LibvirtSnapshotProvider();
            return provider;
        }

        private VolumeSource volume(String machine, String target, VolumeKind kind) {
            return new VolumeSource(
                    target,
                    kind,
                    "libvirt",
                    "qemu:///system#" + machine + "/" + target,
                    Map.of(LibvirtSnapshotProvider.TEMPORARY, folder + "/backups"));
        }

        @Override
        public List<VolumeSource> volumes() {
            return TARGETS.stream().map(it -> volume(MACHINE, it, VolumeKind.DISK)).toList();
        }

        @Override
        public VolumeSource absent() {
            return volume("no-such-machine", "vda", VolumeKind.DISK);
        }

        @Override
        public void write(VolumeSource disk, long position, byte[] content) throws IOException {
            Path pattern = Files.write(folder.resolve("pattern"), content);
            String device =
                    "/machine/peripheral/virtio-disk"
                            + TARGETS.indexOf(disk.name())
                            + "/virtio-backend";
            String said =
                    LibvirtDaemon.virsh(
                            "qemu-monitor-command",
                            MACHINE,
                            "--hmp",
                            "qemu-io -d "
                                    + device
                                    + " \"write -s "
                                    + pattern
                                    + " "
                                    + position
                                    + " "
                                    + content.length
                                    + "\"");
            if (!said.isBlank() && !said.contains("wrote")) {
                throw new IOException(said);
            }
        }

        @Override
        public boolean freezes() {
            return true;
        }

        @Override
        public boolean tracks() {
            return qcow2;
        }

        @Override
        public boolean loseTracking() throws IOException {
            for (String checkpoint : checkpoints()) {
                LibvirtDaemon.virsh("checkpoint-delete", MACHINE, checkpoint, "--metadata");
            }
            return true;
        }

        @Override
        public List<String> leftOvers() throws IOException {
            List<String> left = new ArrayList<>();
            Path mine = folder.resolve("backups").resolve(MACHINE);
            if (Files.isDirectory(mine)) {
                try (Stream<Path> files = Files.list(mine)) {
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("basis"))
                            .forEach(left::add);
                }
            }
            List<String> checkpoints = checkpoints();
            if (checkpoints.size() > 1) {
                left.addAll(checkpoints);
            }
            return left;
        }

        @Override
        public Optional<VolumeSource> wrongKind() {
            return Optional.of(volume(MACHINE, "vda", VolumeKind.TREE));
        }
    }

    private static List<String> checkpoints() throws IOException {
        return LibvirtDaemon.virsh("checkpoint-list", MACHINE, "--name")
                .lines()
                .filter(line -> !line.isBlank())
                .map(String::strip)
                .toList();
    }

    @Test
    void conformsAndTracksOnQcow2() throws IOException {
        start("qcow2");
        assertEquals(List.of(), SnapshotConformance.breaches(new Fixture(true)));
    }

    @Test
    void rawDisksAreTakenWithoutTrackingAndSaySo() throws IOException {
        start("raw");
        Fixture fixture = new Fixture(false);
        VolumeSource disk = fixture.volumes().getFirst();
        byte[] content = new byte[4096];
        Arrays.fill(content, (byte) 5);
        fixture.write(disk, 65_536, content);
        SnapshotRequest request =
                new SnapshotRequest(
                        "s", fixture.volumes(), Optional.of("t"), Duration.ofSeconds(30));
        try (Snapshot snapshot = fixture.provider().take(request).orThrow()) {
            fixture.write(disk, 65_536, new byte[4096]);
            ByteBuffer read = ByteBuffer.allocate(content.length);
            assertEquals(content.length, snapshot.disk("vda").read(65_536, read));
            assertArrayEquals(content, read.array());
            Changes.Unknown unknown =
                    assertInstanceOf(Changes.Unknown.class, snapshot.disk("vda").changes());
            assertEquals("libvirt.no-tracking", unknown.reason().code());
        }
        assertEquals(List.of(), fixture.leftOvers());
    }

    @Test
    void anotherProgramsBackupIsNeverTouched() throws IOException {
        start("qcow2");
        Fixture fixture = new Fixture(true);
        Path paper =
                Files.writeString(
                        folder.resolve("other.xml"),
                        "<domainbackup mode='pull'><server transport='unix' socket='"
                                + folder
                                + "/other'/></domainbackup>");
        LibvirtDaemon.virsh("backup-begin", MACHINE, paper.toString());
        SnapshotRequest request =
                new SnapshotRequest(
                        "s", fixture.volumes(), Optional.empty(), Duration.ofSeconds(30));
        assertEquals(
                "libvirt.busy", fixture.provider().take(request).problem().orElseThrow().code());
        assertTrue(LibvirtDaemon.virsh("backup-dumpxml", MACHINE).contains("/other"));
        LibvirtDaemon.virsh("domjobabort", MACHINE);
        try (Snapshot snapshot = fixture.provider().take(request).orThrow()) {
            snapshot.settle(new Settlement.Committed("t1"));
        }
        LibvirtDaemon.virsh("checkpoint-delete", MACHINE, checkpoints().getFirst(), "--metadata");
        SnapshotRequest next =
                new SnapshotRequest(
                        "s", fixture.volumes(), Optional.of("t1"), Duration.ofSeconds(30));
        try (Snapshot snapshot = fixture.provider().take(next).orThrow()) {
            Changes.Unknown unknown =
                    assertInstanceOf(Changes.Unknown.class, snapshot.disk("vda").changes());
            assertEquals("libvirt.checkpoint-broken", unknown.reason().code());
        }
    }
}
