package org.standfest.adaptation.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.adaptation.Adaptation;
import org.standfest.adaptation.Adapted;
import org.standfest.adaptation.ImageAdapter;
import org.standfest.adaptation.conformance.AdapterConformance;
import org.standfest.adaptation.conformance.AdapterFixture;
import org.standfest.host.HostPrograms;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskFormat;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.NicModel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** On disks that have the demo guest's mark where its file system has it, and nothing else. */
class DemoGuestAdapterTest {

    private static final int MARK_AT = 2050 * 512 + 0x78;

    @TempDir Path folder;
    private final DemoGuestAdapter adapter = new DemoGuestAdapter();
    private int made;

    @BeforeEach
    void toolsAreThere() {
        assumeTrue(adapter.ready().isDone(), "qemu-utils is not installed");
    }

    @Test
    void itConforms() throws IOException {
        assertEquals(List.of(), AdapterConformance.breaches(new Fixture()));
    }

    @Test
    void theGuestFindsItsNoteOnTheOverlayAndOnlyThere() throws Exception {
        Adaptation order = order("standfest", Map.of(Adaptation.ADDRESS, "10.0.2.16/24"));
        Adapted adapted = adapter.adapt(order, () -> false).orThrow();
        assertEquals(List.of("bus=IDE nic=VMXNET3 address=10.0.2.16/24"), adapted.changes());
        Path flat = folder.resolve("flat.raw");
        String overlay = order.here().disks().getFirst().image().file().toString();
        qemu("convert", "-f", "qcow2", "-O", "raw", overlay, flat.toString());
        String note = "standfest-adaptation 1\nbus=IDE\nnic=VMXNET3\naddress=10.0.2.16/24\n\0";
        assertEquals(note, sector(flat).substring(0, note.length()));
        assertEquals("\0".repeat(512), sector(base(order)));
    }

    @Test
    void hardwareThatTheGuestHasNoDriverForIsSaidBeforehand() throws IOException {
        Adaptation order = order("standfest", Map.of());
        MachineDescription intel = order.here().withNics(nic -> nic.withModel(NicModel.E1000));
        assertEquals("demo.card", problem(order, intel));
        MachineDescription plain = order.here();
        MachineDescription uefi =
                new MachineDescription(
                        plain.id(),
                        plain.name(),
                        plain.cpus(),
                        plain.memoryMiB(),
                        plain.disks(),
                        plain.nics(),
                        Firmware.UEFI);
        assertEquals("demo.firmware", problem(order, uefi));
        assertTrue(adapter.problem(order).isEmpty());
    }

    private String problem(Adaptation order, MachineDescription here) {
        Adaptation other = new Adaptation(order.atHome(), here, Map.of(), order.work());
        return adapter.problem(other).orElseThrow().code();
    }

    private static String sector(Path image) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(512);
        try (FileChannel channel = FileChannel.open(image)) {
            channel.read(bytes, DemoGuestAdapter.NOTE_SECTOR * 512L);
        }
        return new String(bytes.array(), StandardCharsets.US_ASCII);
    }

    private static Path base(Adaptation order) {
        return order.work().resolve("base.raw");
    }

    private void qemu(String... arguments) throws IOException {
        try {
            List<String> words = new java.util.ArrayList<>(List.of("qemu-img"));
            words.addAll(List.of(arguments));
            var result = new HostPrograms().run(words, Duration.ofSeconds(30));
            if (!result.succeeded()) {
                throw new IOException(result.lastLine());
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private Adaptation order(String label, Map<String, String> wishes) throws IOException {
        Path work = Files.createDirectory(folder.resolve("machine " + ++made));
        Path base = work.resolve("base.raw");
        try (FileChannel channel =
                FileChannel.open(base, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(label.getBytes(StandardCharsets.US_ASCII)), MARK_AT);
            channel.write(ByteBuffer.wrap(new byte[1]), (4 << 20) - 1);
        }
        Path overlay = work.resolve("system.overlay");
        qemu("create", "-q", "-f", "qcow2", "-F", "raw", "-b", "" + base, "" + overlay);
        MachineDescription home = machine(DiskBus.VIRTIO, NicModel.VIRTIO, DiskImage.raw(base));
        MachineDescription here =
                machine(DiskBus.IDE, NicModel.VMXNET3, new DiskImage(overlay, DiskFormat.QCOW2));
        return new Adaptation(home, here, wishes, work);
    }

    private static MachineDescription machine(DiskBus bus, NicModel card, DiskImage image) {
        return new MachineDescription(
                "ledger",
                "Ledger",
                1,
                256,
                List.of(new MachineDisk("system", image, bus)),
                List.of(new MachineNic(card, "", List.of())),
                Firmware.BIOS);
    }

    private final class Fixture implements AdapterFixture {

        @Override
        public ImageAdapter adapter() {
            return adapter;
        }

        @Override
        public Adaptation known() throws IOException {
            return order("standfest", Map.of());
        }

        @Override
        public Adaptation strange() throws IOException {
            return order("something", Map.of());
        }

        @Override
        public List<Path> bases(Adaptation order) {
            return List.of(base(order));
        }
    }
}
