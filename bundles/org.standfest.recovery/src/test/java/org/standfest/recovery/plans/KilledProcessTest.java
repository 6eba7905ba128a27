package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.management.Action;
import org.standfest.management.OperationState;
import org.standfest.management.SystemState;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Course;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.results.Outcome;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process is really killed in an activation, at a sample of its acts, and another goes on. */
class KilledProcessTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 11, 15, 19, 22})
    void aProcessThatIsKilledIsFollowedByOneThatGoesOn(int act) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                classPath(),
                                FolderWorld.class.getName(),
                                folder.toString(),
                                Integer.toString(act))
                        .inheritIO()
                        .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(137, process.exitValue(), "it was killed at " + act);
        FolderWorld world = new FolderWorld(folder, -1);
        RecoveryEngine engine = world.engine();
        boolean begun = engine.course(FolderWorld.SYSTEM).orThrow().operation().isPresent();
        engine.resume();
        Course course = engine.course(FolderWorld.SYSTEM).orThrow();
        assertEquals(Optional.empty(), world.journal().verify());
        if (!begun) {
            assertEquals(0, world.starts());
            return;
        }
        assertEquals(SystemState.EMERGENCY_OPERATION, course.state().word());
        assertEquals(OperationState.SUCCEEDED, course.operation().orElseThrow().state());
        assertEquals(1, world.starts(), "started once");
        assertEquals(List.of("running-op-1"), world.facts("running"));
        assertEquals(List.of("hold-op-1"), world.facts("hold"));
        assertEquals(List.of("epoch-2"), world.facts("epoch"));
    }

    /** Everything this test was loaded from; the runner may have hidden its own class path. */
    private static String classPath() {
        return List.of(
                        KilledProcessTest.class,
                        RecoveryEngine.class,
                        Action.class,
                        Verdict.class,
                        Outcome.class,
                        Gson.class)
                .stream()
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(place -> Path.of(place.getPath()).toString())
                .distinct()
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
    }
}
