package org.standfest.replication.snapshots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real process is killed while it holds an application still. */
class FreezeKillTest {

    @TempDir Path folder;

    private static String classPath() {
        return Stream.of(
                        FreezeChild.class,
                        ScriptFreezer.class,
                        ProgramRunner.class,
                        VolumeSource.class,
                        VolumeKind.class,
                        Outcome.class)
                .map(
                        type -> {
                            try {
                                return Path.of(
                                                type.getProtectionDomain()
                                                        .getCodeSource()
                                                        .getLocation()
                                                        .toURI())
                                        .toString();
                            } catch (URISyntaxException wrong) {
                                throw new IllegalStateException(wrong);
                            }
                        })
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void theNextStartThawsWhatTheKilledOneHeld() throws IOException {
        Path script = folder.resolve("script");
        Files.writeString(script, "#!/bin/sh\necho \"$STANDFEST_PHASE\" >> " + folder + "/log\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                classPath(),
                                FreezeChild.class.getName(),
                                folder.resolve("notes").toString(),
                                script.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader output = child.inputReader()) {
            assertEquals("held", output.readLine());
        }
        child.toHandle().destroyForcibly();
        child.onExit().join();
        assertEquals(List.of("freeze"), Files.readAllLines(folder.resolve("log")));
        ScriptFreezer next =
                new ScriptFreezer(
                        folder.resolve("notes"), new HostPrograms(), InstantSource.system());
        assertTrue(next.thawLeftOvers().isDone());
        assertEquals(List.of("freeze", "thaw"), Files.readAllLines(folder.resolve("log")));
    }
}
