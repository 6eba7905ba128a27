package org.standfest.adaptation.guestfish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.adaptation.Adaptation;
import org.standfest.adaptation.Adapted;
import org.standfest.host.ProgramRunner.Result;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskFormat;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.NicModel;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** What the adapter asks guestfish for, and what it makes of the answers. */
class GuestfishAdapterTest {

    private static final Path PROGRAM = Path.of("guestfish");

    @TempDir Path folder;
    private final List<String> asked = new ArrayList<>();
    private Result answer = new Result(0, "changed a thing\nother words\nended 0\n");

    private GuestfishAdapter adapter() {
        return new GuestfishAdapter(
                (words, environment, limit) -> {
                    asked.addAll(words);
                    assertEquals("direct", environment.get("LIBGUESTFS_BACKEND"));
                    return answer;
                },
                Map.of(),
                () -> Optional.of(PROGRAM));
    }

    @Test
    void withoutTheProgramNothingIsTriedAndItIsSaidWhatToInstall() throws IOException {
        GuestfishAdapter without =
                new GuestfishAdapter(
                        (words, environment, limit) -> answer, Map.of(), Optional::empty);
        Outcome<Adapted> outcome = without.adapt(order(DiskBus.IDE, Map.of()), () -> false);
        assertInstanceOf(Outcome.Refused.class, outcome);
        assertTrue(
                outcome.problem().orElseThrow().next(Locale.GERMAN).contains("libguestfs-tools"));
    }

    @Test
    void everyDiskIsHandedOverWithItsFormatAndTheChangesComeBack() throws IOException {
        Adapted adapted = adapt(order(DiskBus.IDE, Map.of("address", "192.0.2.7/24"))).orThrow();
        assertEquals(List.of("changed a thing"), adapted.changes());
        String all = String.join(" ", asked);
        assertTrue(all.contains("--rw -i --format=qcow2 -a " + folder.resolve("d.overlay")), all);
        assertTrue(all.contains("/ ata_piix,sd_mod,vmxnet3 BIOS 192.0.2.7/24 -;"), all);
        assertTrue(Files.notExists(folder.resolve("adapt.sh")), "nothing is left behind");
    }

    @Test
    void whatStandsInTheWayIsARefusalAndWhatBreaksIsAFailure() throws IOException {
        answer = new Result(0, "changed x\ncannot start by UEFI: nothing there\nended 4\n");
        Outcome<Adapted> refused = adapt(order(DiskBus.SCSI, Map.of()));
        assertInstanceOf(Outcome.Refused.class, refused);
        assertEquals("guestfish.cannot", refused.problem().orElseThrow().code());
        answer = new Result(1, "guestfish: no operating system was found on this disk\n");
        Outcome<Adapted> failed = adapt(order(DiskBus.SCSI, Map.of()));
        assertInstanceOf(Outcome.Failed.class, failed);
        answer = new Result(0, "changed x\n");
        assertEquals(
                "guestfish.failed",
                adapt(order(DiskBus.SCSI, Map.of())).problem().orElseThrow().code(),
                "a script whose end was not seen is no success");
        answer = new Result(Result.LATE, "");
        assertEquals(
                "guestfish.late",
                adapt(order(DiskBus.SCSI, Map.of())).problem().orElseThrow().code());
    }

    @Test
    void aWishThatAShellCouldTakeForSomethingElseIsRefusedBeforehand() throws IOException {
        Adaptation order = order(DiskBus.VIRTIO, Map.of("gateway", "192.0.2.1; rm -rf /"));
        assertEquals("guestfish.wish", adapter().problem(order).orElseThrow().code());
        assertInstanceOf(Outcome.Refused.class, adapt(order));
        assertEquals(List.of(), asked);
    }

    @Test
    void aCancelEndsTheProgram() throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        GuestfishAdapter slow =
                new GuestfishAdapter(
                        (words, environment, limit) -> {
                            try {
                                new CountDownLatch(1).await();
                                return answer;
                            } finally {
                                ended.countDown();
                            }
                        },
                        Map.of(),
                        () -> Optional.of(PROGRAM));
        int[] looks = {0};
        Outcome<Adapted> outcome =
                slow.adapt(order(DiskBus.VIRTIO, Map.of()), () -> ++looks[0] > 2);
        assertEquals("guestfish.cancelled", outcome.problem().orElseThrow().code());
        assertEquals(0, ended.getCount(), "it was ended before the answer came");
    }

    private Outcome<Adapted> adapt(Adaptation order) {
        return adapter().adapt(order, () -> false);
    }

    private Adaptation order(DiskBus bus, Map<String, String> wishes) throws IOException {
        Path overlay = folder.resolve("d.overlay");
        Files.writeString(overlay, "overlay");
        MachineDescription machine =
                new MachineDescription(
                        "m",
                        "M",
                        1,
                        256,
                        List.of(
                                new MachineDisk(
                                        "d", new DiskImage(overlay, DiskFormat.QCOW2), bus)),
                        List.of(new MachineNic(NicModel.VMXNET3, "", List.of())),
                        Firmware.BIOS);
        return new Adaptation(machine, machine, wishes, folder);
    }
}
