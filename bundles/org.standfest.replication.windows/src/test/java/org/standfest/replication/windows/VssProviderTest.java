package org.standfest.replication.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.host.ProgramRunner;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Consistency;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** With the words of the programs as Microsoft documents them, not recorded on a real Windows. */
class VssProviderTest {

    private static final String FIRST = "{0A6E2C8B-2C3B-4B6E-9D6E-111111111111}";
    private static final String SECOND = "{0A6E2C8B-2C3B-4B6E-9D6E-222222222222}";
    private static final String SET = "{99999999-2C3B-4B6E-9D6E-999999999999}";
    private static final String VOLUME = "{88888888-2c3b-4b6e-9d6e-888888888888}";

    @TempDir Path folder;

    private final List<String> said = new ArrayList<>();
    private boolean server = true;
    private boolean linkFails;

    private static String listed(String id, int number) {
        return "\t* Shadow copy ID = "
                + id
                + "\t\t%standfest%\r\n"
                + "\t\t- Shadow copy set: "
                + SET
                + "\t%VSS_SHADOW_SET%\r\n"
                + "\t\t- Original count of shadow copies = 2\r\n"
                + "\t\t- Original volume name: \\\\?\\Volume"
                + VOLUME
                + "\\ [C:\\]\r\n"
                + "\t\t- Creation time: 11/22/2026 9:00:01 AM\r\n"
                + "\t\t- Shadow copy device name: "
                + "\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy"
                + number
                + "\r\n"
                + "\t\t- Originating machine: srv\r\n\r\n";
    }

    private static String created() {
        return "Microsoft DiskShadow version 1.0\r\n\r\n-> create\r\n"
                + "Alias standfest0 for shadow ID "
                + FIRST
                + " set as environment variable.\r\n"
                + "Alias VSS_SHADOW_SET for shadow set ID "
                + SET
                + " set as environment variable.\r\n"
                + "Querying all shadow copies with the shadow copy set ID "
                + SET
                + "\r\n\r\n"
                // The order of the set is not that of the request.
                + listed(SECOND, 6)
                + listed(FIRST, 5)
                + "Number of shadow copies listed: 2\r\n-> end backup\r\n"
                + "-> list shadows id %standfest0%\r\n"
                + listed(FIRST, 5)
                + "-> list shadows id %standfest1%\r\n"
                + listed(SECOND, 6);
    }

    private ProgramRunner.Result run(List<String> words, Duration limit) throws IOException {
        said.add(String.join(" ", words));
        return switch (words.getFirst()) {
            case "diskshadow.exe" -> {
                if (!server) {
                    throw new IOException("no such program");
                }
                yield new ProgramRunner.Result(0, created());
            }
            case "powershell.exe" ->
                    new ProgramRunner.Result(
                            0,
                            words.getLast().contains("Create")
                                    ? (words.getLast().contains("'C:\\'") ? FIRST : SECOND)
                                            + " \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy7\r\n"
                                    : "");
            case "cmd.exe" -> {
                if (linkFails) {
                    yield new ProgramRunner.Result(1, "You do not have sufficient privilege\r\n");
                }
                Files.createSymbolicLink(Path.of(words.get(4)), Path.of("nowhere"));
                yield new ProgramRunner.Result(0, "symbolic link created\r\n");
            }
            default -> throw new IOException("no program " + words.getFirst());
        };
    }

    private VssProvider provider() {
        return new VssProvider(this::run, InstantSource.system(), folder, true);
    }

    private static Outcome<Snapshot> take(VssProvider provider, String... addresses) {
        List<VolumeSource> volumes = new ArrayList<>();
        for (String address : addresses) {
            volumes.add(new VolumeSource("v" + volumes.size(), VolumeKind.TREE, "vss", address));
        }
        return provider.take(
                new SnapshotRequest("s", volumes, Optional.empty(), Duration.ofSeconds(60)));
    }

    @Test
    void aServerTakesAllDrivesInOneSetWithItsWriters() throws IOException {
        try (Snapshot snapshot = take(provider(), "C:\\Data", "D:\\Logs\\x").orThrow()) {
            assertEquals(Consistency.APPLICATION, snapshot.consistency());
            assertEquals(folder.resolve(FIRST).resolve("Data"), snapshot.tree("v0"));
            assertEquals(folder.resolve(SECOND).resolve("Logs\\x"), snapshot.tree("v1"));
            String script = Files.readString(folder.resolve("take.txt"));
            assertTrue(script.contains("add volume C:\\ alias standfest0\r\nadd volume D:\\"));
            assertTrue(
                    said.contains(
                            "cmd.exe /c mklink /d "
                                    + folder.resolve(FIRST)
                                    + " \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy5\\"));
        }
        assertFalse(Files.exists(folder.resolve(FIRST), LinkOption.NOFOLLOW_LINKS));
        assertTrue(said.getLast().contains(SECOND) && said.getLast().contains("Remove"));
    }

    @Test
    void aClientTakesOneDriveAfterAnotherAndSaysWhatThatIsWorth() {
        server = false;
        try (Snapshot one = take(provider(), "c:\\Data").orThrow()) {
            assertEquals(Consistency.CRASH, one.consistency());
        }
        try (Snapshot two = take(provider(), "C:\\Data", "D:\\x").orThrow()) {
            assertEquals(Consistency.NONE, two.consistency());
        }
    }

    @Test
    void whatFailedIsUndone() {
        linkFails = true;
        Outcome<Snapshot> outcome = take(provider(), "C:\\Data", "D:\\x");
        assertEquals("windows.failed", outcome.problem().orElseThrow().code());
        assertTrue(said.stream().anyMatch(it -> it.contains(FIRST) && it.contains("Remove")));
        assertTrue(said.stream().anyMatch(it -> it.contains(SECOND) && it.contains("Remove")));
    }

    @Test
    void whatAKillLeftIsFoundByItsLink() throws IOException {
        take(provider(), "C:\\Data", "D:\\x").orThrow();
        said.clear();
        assertTrue(provider().tidy(List.of()).isDone());
        assertEquals(2, said.stream().filter(it -> it.contains("Remove")).count());
        assertFalse(Files.exists(folder.resolve(SECOND), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void refusesWhatIsNoFolderOnADrive() {
        for (String wrong : List.of("/etc", "\\\\server\\share", "Data", "C:", "")) {
            assertEquals(
                    "windows.gone", take(provider(), wrong).problem().orElseThrow().code(), wrong);
        }
        assertEquals(List.of(), said);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void elsewhereNothingOfWindowsIsTouchedAndEverythingRefused() {
        VssProvider here = new VssProvider();
        Outcome<Snapshot> outcome = take(here, "C:\\Data");
        assertEquals("windows.not-windows", outcome.problem().orElseThrow().code());
        assertFalse(outcome.problem().orElseThrow().meaning(Locale.GERMAN).contains("!"), "worded");
        assertEquals(
                Presence.State.UNKNOWN,
                here.presence(new VolumeSource("v", VolumeKind.TREE, "vss", "C:\\")).state());
        PoolFiles plain = new LocalPoolFiles();
        assertEquals(plain, WindowsFiles.ofThisSystem(plain));
        assertThrows(IllegalArgumentException.class, WindowsCalls::new, "binding, not loading");
    }
}
