package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.management.Action;
import org.standfest.management.OperationState;
import org.standfest.management.SystemState;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.results.Outcome;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process is really killed in every plan, at a sample of its acts, and another goes on. */
class KilledProcessTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "ACTIVATION, 7, EMERGENCY_OPERATION, running-op-1, hold-op-1, 1",
        "ACTIVATION, 11, EMERGENCY_OPERATION, running-op-1, hold-op-1, 1",
        "ACTIVATION, 15, EMERGENCY_OPERATION, running-op-1, hold-op-1, 1",
        "ACTIVATION, 19, EMERGENCY_OPERATION, running-op-1, hold-op-1, 1",
        "ACTIVATION, 22, EMERGENCY_OPERATION, running-op-1, hold-op-1, 1",
        "REACTIVATION, 7, EMERGENCY_OPERATION, running-op-1, hold-op-1, 2",
        "SWITCH, 17, EMERGENCY_OPERATION, running-op-1, hold-op-1, 1",
        "SWITCH, 33, EMERGENCY_OPERATION, running-op-1, hold-op-1, 1",
        "UNDO, 5, OUTAGE, , , 1",
        "RETURN, 22, NORMAL_OPERATION, running-home, , 2",
        "RETURN, 45, NORMAL_OPERATION, running-home, , 2",
        "REHEARSAL, 21, NORMAL_OPERATION, , , 0"
    })
    void aProcessThatIsKilledIsFollowedByOneThatGoesOn(
            PlanKind kind, int act, SystemState goal, String runs, String held, int starts)
            throws Exception {
        assertEquals(137, killed(kind, act), "it was killed at " + act);
        FolderWorld world = new FolderWorld(folder, -1);
        RecoveryEngine engine = world.engine();
        assertEquals(kind, operation(engine).kind(), "it had begun");
        engine.resume();
        assertEquals(Optional.empty(), world.journal().verify());
        assertEquals(goal, engine.course(FolderWorld.SYSTEM).orThrow().state().word());
        assertEquals(OperationState.SUCCEEDED, operation(engine).state());
        assertEquals(starts, world.starts(), "nothing is started twice");
        assertEquals(listed(runs), world.facts("running"));
        assertEquals(listed(held), world.facts("hold"));
        assertEquals(List.of(), world.facts("isolated"));
    }

    @Test
    void aProcessThatIsKilledBeforeItsPlanWasWrittenDownHasDoneNothing() throws Exception {
        assertEquals(137, killed(PlanKind.ACTIVATION, 3));
        FolderWorld world = new FolderWorld(folder, -1);
        RecoveryEngine engine = world.engine();
        engine.resume();
        assertEquals(Optional.empty(), world.journal().verify());
        assertEquals(
                SystemState.OUTAGE, engine.course(FolderWorld.SYSTEM).orThrow().state().word());
        assertEquals(0, world.starts());
        assertEquals(List.of(), world.facts("hold"));
    }

    private static Operation operation(RecoveryEngine engine) {
        return engine.course(FolderWorld.SYSTEM).orThrow().operation().orElseThrow();
    }

    private static List<String> listed(String name) {
        return name == null ? List.of() : List.of(name);
    }

    private int killed(PlanKind kind, int act) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                classPath(),
                                FolderWorld.class.getName(),
                                folder.toString(),
                                Integer.toString(act),
                                kind.name())
                        .inheritIO()
                        .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue();
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
