package org.standfest.replication.snapshots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.host.ProgramRunner;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Against stand-ins for LVM's programs: this machine's kernel has no device mapper. */
class LvmProviderTest {

    @TempDir Path folder;

    private final List<String> said = new ArrayList<>();
    private String leftOver = "";
    private String pool = "";
    private boolean full;

    private ProgramRunner.Result lvm(List<String> words, Map<String, String> more, Duration limit)
            throws IOException {
        said.add(String.join(" ", words));
        return switch (words.getFirst()) {
            case "lvs" ->
                    words.contains("pool_lv")
                            ? words.getLast().endsWith("absent")
                                    ? new ProgramRunner.Result(5, "Failed to find logical volume")
                                    : new ProgramRunner.Result(0, "  " + pool + "\n")
                            : new ProgramRunner.Result(0, "  " + leftOver + "\n  other\n");
            case "lvcreate" -> {
                if (full) {
                    yield new ProgramRunner.Result(5, "insufficient free space\n");
                }
                Path device = folder.resolve("vg").resolve(words.get(words.indexOf("--name") + 1));
                Files.createDirectories(device.getParent());
                Files.writeString(device, "content of the device");
                yield new ProgramRunner.Result(0, "Logical volume created.\n");
            }
            case "lvremove" -> {
                Files.deleteIfExists(folder.resolve(words.getLast()));
                yield new ProgramRunner.Result(0, "removed\n");
            }
            default -> throw new IOException("no program " + words.getFirst());
        };
    }

    private LvmProvider provider(String drivers) throws IOException {
        Files.writeString(folder.resolve("misc"), drivers);
        return new LvmProvider(this::lvm, InstantSource.system(), folder.resolve("misc"), folder);
    }

    private static VolumeSource volume(String address) {
        return new VolumeSource("root", VolumeKind.DISK, "lvm", address);
    }

    private static Outcome<Snapshot> take(LvmProvider provider, VolumeSource volume) {
        return provider.take(
                new SnapshotRequest("s", List.of(volume), Optional.empty(), Duration.ofSeconds(5)));
    }

    private static String code(Outcome<?> outcome) {
        return outcome.problem().orElseThrow().code();
    }

    @Test
    void refusesWithItsReasonWhereTheKernelHasNoDeviceMapper() throws IOException {
        assertEquals(
                "snapshots.no-device-mapper",
                code(take(provider("237 loop-control\n"), volume("vg/root"))));
        assertEquals(List.of(), said);
    }

    @Test
    void takesReadsAndRemovesASnapshot() throws IOException {
        LvmProvider provider = provider(" 10 device-mapper\n");
        try (Snapshot snapshot = take(provider, volume("vg/root")).orThrow()) {
            String create = said.getLast();
            assertTrue(create.startsWith("lvcreate --yes --snapshot --addtag standfest"), create);
            assertTrue(create.endsWith("--extents 10%ORIGIN vg/root"), create);
            assertEquals(21, snapshot.disk("root").sizeBytes());
        }
        assertTrue(said.getLast().startsWith("lvremove --yes vg/sf_root_"), said.getLast());
    }

    @Test
    void thinVolumesGetThinSnapshots() throws IOException {
        pool = "thinpool";
        take(provider(" 10 device-mapper\n"), volume("vg/root")).orThrow().close();
        String create =
                said.stream().filter(it -> it.startsWith("lvcreate")).findFirst().orElseThrow();
        assertTrue(create.contains("--setactivationskip n"), create);
        assertTrue(!create.contains("--extents"), create);
    }

    @Test
    void whatAKillLeftIsRemovedByItsNameAndNothingElse() throws IOException {
        LvmProvider provider = provider(" 10 device-mapper\n");
        take(provider, volume("vg/root")).orThrow();
        leftOver =
                Files.list(folder.resolve("vg")).findFirst().orElseThrow().getFileName().toString();
        said.clear();
        assertTrue(provider.tidy(List.of(volume("vg/root"))).isDone());
        assertEquals(
                List.of("lvremove --yes vg/" + leftOver),
                said.stream().filter(it -> it.startsWith("lvremove")).toList());
    }

    @Test
    void aFailedSnapshotIsUndoneAndSaysWhatLvmSaid() throws IOException {
        full = true;
        Outcome<Snapshot> outcome = take(provider(" 10 device-mapper\n"), volume("vg/root"));
        assertEquals("snapshots.failed", code(outcome));
        assertTrue(outcome.problem().orElseThrow().arguments().getLast().contains("free space"));
        assertTrue(said.getLast().startsWith("lvremove"));
    }

    @Test
    void refusesWhatIsNoLogicalVolume() throws IOException {
        LvmProvider provider = provider(" 10 device-mapper\n");
        for (String address : List.of("vg/absent", "../etc", "--select/x", "vg", "/dev/vg/root")) {
            assertEquals(
                    "snapshots.no-logical-volume", code(take(provider, volume(address))), address);
        }
        assertTrue(said.stream().noneMatch(it -> it.contains("--select/x")));
        assertEquals(Presence.State.UNKNOWN, provider.presence(volume("vg/root")).state());
    }
}
