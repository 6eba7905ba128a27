package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.standfest.management.OperationState;
import org.standfest.management.StepState;
import org.standfest.management.SystemState;
import org.standfest.probe.GoneRule;
import org.standfest.recovery.Course;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.RecoveryEvent;
import org.standfest.recovery.RecoveryState;
import org.standfest.recovery.Told;
import org.standfest.recovery.plans.SimulatedWorld.Trouble;
import org.standfest.results.Outcome;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every plan, every tick of it, and at each tick: death before, death after, failure, lasting
 * failure, full disk. Each time the standby comes back, goes on, and the world must be whole.
 */
class CrashMatrixTest {

    private static final int MOST_TICKS = 400;
    private static final String SYSTEM = SimulatedWorld.SYSTEM;

    private int operations;

    private RecoveryEngine engine(SimulatedWorld world) {
        StandbyPlans plans =
                new StandbyPlans(
                        world,
                        world::witnesses,
                        new GoneRule(2),
                        world,
                        world,
                        world,
                        new SimulatedPrimary(world),
                        world::sleep,
                        List::of);
        RecoveryEngine engine =
                new RecoveryEngine(
                        world,
                        world.chronicle(),
                        plans,
                        world,
                        Runnable::run,
                        world::sleep,
                        () -> "operation-" + ++operations);
        engine.open().orThrow();
        engine.meet(SYSTEM).orThrow();
        return engine;
    }

    /** A world in which the plan can begin. */
    private SimulatedWorld prepared(PlanKind kind) {
        SimulatedWorld world = new SimulatedWorld();
        RecoveryEngine engine = engine(world);
        if (kind == PlanKind.REHEARSAL) {
            return world;
        }
        if (kind == PlanKind.SWITCH) {
            world.primaryAlive = true;
            world.users();
            return world;
        }
        engine.outage(
                        SYSTEM,
                        "watch",
                        Told.of(SimulatedWorld.broken()),
                        Optional.of(world.instant()))
                .orThrow();
        if (kind == PlanKind.ACTIVATION) {
            return world;
        }
        engine.begin(SYSTEM, PlanKind.ACTIVATION, "anna", Map.of(), List.of()).orThrow();
        assertEquals(SystemState.EMERGENCY_OPERATION, word(world));
        world.users();
        if (kind == PlanKind.REACTIVATION) {
            world.running.clear();
            engine.happened(
                            SYSTEM,
                            "watch",
                            new RecoveryEvent.EmergencyTrouble(
                                    Optional.of(Told.of(SimulatedWorld.broken()))))
                    .orThrow();
        }
        return world;
    }

    private static Map<String, String> facts(SimulatedWorld world, PlanKind kind) {
        return switch (kind) {
            case ACTIVATION -> Map.of();
            case REHEARSAL -> Map.of(Facts.MACHINE, "rehearsal-1");
            case SWITCH -> Map.of(Facts.AGENT, "agent-old");
            case RETURN -> Map.of(Facts.MACHINE, machine(world), Facts.AGENT, "agent-new");
            case UNDO, REACTIVATION -> Map.of(Facts.MACHINE, machine(world));
        };
    }

    private static String machine(SimulatedWorld world) {
        return ((RecoveryState.EmergencyOperation) course(world).state()).machineId();
    }

    private static Course course(SimulatedWorld world) {
        return world.files.get(SYSTEM);
    }

    private static SystemState word(SimulatedWorld world) {
        return course(world).state().word();
    }

    private static SystemState goal(PlanKind kind) {
        return switch (kind) {
            case ACTIVATION, REACTIVATION, SWITCH -> SystemState.EMERGENCY_OPERATION;
            case UNDO -> SystemState.OUTAGE;
            case RETURN, REHEARSAL -> SystemState.NORMAL_OPERATION;
        };
    }

    private static SystemState origin(PlanKind kind) {
        return switch (kind) {
            case ACTIVATION -> SystemState.OUTAGE;
            case REACTIVATION, UNDO, RETURN -> SystemState.EMERGENCY_OPERATION;
            case REHEARSAL, SWITCH -> SystemState.NORMAL_OPERATION;
        };
    }

    @ParameterizedTest
    @EnumSource(PlanKind.class)
    void everyPlanReachesItsGoalWhenNothingHappens(PlanKind kind) {
        SimulatedWorld world = prepared(kind);
        Operation operation =
                engine(world).begin(SYSTEM, kind, "anna", facts(world, kind), List.of()).orThrow();
        assertEquals(OperationState.RUNNING, operation.state());
        assertEquals(OperationState.SUCCEEDED, course(world).operation().orElseThrow().state());
        assertEquals(goal(kind), word(world));
        whole(world, kind);
    }

    @ParameterizedTest
    @EnumSource(PlanKind.class)
    void aKillAtAnyTickIsResumedAndNothingIsLostOrStartedTwice(PlanKind kind) {
        int matrix = 0;
        for (Trouble death : List.of(Trouble.DIE_BEFORE, Trouble.DIE_AFTER)) {
            for (int tick = 1; tick < MOST_TICKS; tick++) {
                SimulatedWorld world = prepared(kind);
                boolean died = run(world, kind, tick, death);
                if (!died) {
                    assertTrue(tick > 5, "the plan has more ticks than that");
                    break;
                }
                matrix++;
                count(kind, world, "kill");
                RecoveryEngine again = engine(world);
                again.resume();
                String where = kind + " " + death + " at " + tick;
                if (course(world) == null) {
                    continue; // nothing was ever written
                }
                if (course(world).operation().filter(o -> o.kind() == kind).isPresent()) {
                    assertEquals(goal(kind), word(world), where);
                } else {
                    assertEquals(origin(kind), word(world), where);
                }
                whole(world, kind);
            }
        }
        assertTrue(matrix > 20, "cells " + matrix);
    }

    @ParameterizedTest
    @EnumSource(PlanKind.class)
    void twoKillsInOneOperationAreSurvivedToo(PlanKind kind) {
        for (int tick = 3; tick < MOST_TICKS; tick += 3) {
            SimulatedWorld world = prepared(kind);
            if (!run(world, kind, tick, Trouble.DIE_AFTER)) {
                break;
            }
            world.at(2, Trouble.DIE_AFTER);
            try {
                engine(world).resume();
            } catch (ProcessDeath _) {
                world.calm();
            }
            world.calm();
            engine(world).resume();
            whole(world, kind);
        }
    }

    @ParameterizedTest
    @EnumSource(PlanKind.class)
    void aStepThatFailsIsTakenBackOrTriedAgain(PlanKind kind) {
        Map<OperationState, Integer> ends = new EnumMap<>(OperationState.class);
        for (int tick = 1; tick < MOST_TICKS; tick++) {
            SimulatedWorld world = prepared(kind);
            run(world, kind, tick, Trouble.FAIL);
            if (!world.reached()) {
                break;
            }
            if (course(world) == null) {
                continue;
            }
            Operation operation = course(world).operation().orElseThrow();
            ends.merge(operation.state(), 1, Integer::sum);
            SystemState expected =
                    operation.state() == OperationState.SUCCEEDED ? goal(kind) : origin(kind);
            assertEquals(expected, word(world), kind + " failing at " + tick);
            noGreenLie(operation);
            whole(world, kind);
            count(kind, world, "step fails");
        }
        assertFalse(ends.containsKey(OperationState.STUCK), ends.toString());
    }

    @Test
    void whatCanNeitherBeFinishedNorTakenBackIsBlockedAndAPersonGoesOn() {
        int blocked = 0;
        for (int tick = 1; tick < MOST_TICKS; tick++) {
            SimulatedWorld world = prepared(PlanKind.ACTIVATION);
            RecoveryEngine engine = engine(world);
            world.at(tick, Trouble.FAIL_FROM_THEN_ON);
            Outcome<Operation> begun =
                    engine.begin(SYSTEM, PlanKind.ACTIVATION, "anna", Map.of(), List.of());
            if (!world.reached()) {
                break;
            }
            assertTrue(begun.isDone());
            world.calm();
            if (word(world) == SystemState.BLOCKED) {
                blocked++;
                Operation operation = course(world).operation().orElseThrow();
                assertEquals(OperationState.STUCK, operation.state());
                noGreenLie(operation);
                engine.unblock(SYSTEM, "anna", !world.running.isEmpty()).orThrow();
                boolean mayRun = atStep(operation, "start");
                assertEquals(
                        mayRun ? SystemState.EMERGENCY_OPERATION : SystemState.OUTAGE, word(world));
                assertTrue(mayRun || world.running.isEmpty());
            }
        }
        assertTrue(blocked > 0);
    }

    @ParameterizedTest
    @EnumSource(PlanKind.class)
    void aFullDiskPausesAndNothingIsDoneThatWasNotWrittenDown(PlanKind kind) {
        for (int tick = 1; tick < MOST_TICKS; tick++) {
            SimulatedWorld world = prepared(kind);
            RecoveryEngine engine = engine(world);
            world.at(tick, Trouble.DISK_FULL);
            Outcome<Operation> begun =
                    engine.begin(SYSTEM, kind, "anna", facts(world, kind), List.of());
            if (!world.reached()) {
                break;
            }
            for (int again = 0; again < 4; again++) {
                engine.resume();
            }
            if (course(world) == null) {
                assertFalse(begun.isDone());
                continue;
            }
            if (begun.isDone() || course(world).busy()) {
                assertFalse(course(world).busy(), kind + " full at " + tick);
            }
            whole(world, kind);
            count(kind, world, "disk full");
        }
    }

    @ParameterizedTest
    @EnumSource(PlanKind.class)
    void anUndoThatFailsIsTriedAgainAndThenAPersonDecides(PlanKind kind) {
        for (Trouble trouble : List.of(Trouble.UNDO_FAILS_TWICE, Trouble.UNDO_FAILS)) {
            for (int tick = 1; tick < MOST_TICKS; tick++) {
                SimulatedWorld world = prepared(kind);
                run(world, kind, tick, trouble);
                if (!world.reached()) {
                    break;
                }
                if (course(world) == null) {
                    continue;
                }
                Operation operation = course(world).operation().orElseThrow();
                noGreenLie(operation);
                if (word(world) == SystemState.BLOCKED) {
                    assertEquals(Trouble.UNDO_FAILS, trouble);
                    assertEquals(OperationState.STUCK, operation.state());
                    boolean runs = !world.running.isEmpty();
                    engine(world).unblock(SYSTEM, "anna", runs).orThrow();
                    kept(world, kind);
                } else {
                    whole(world, kind);
                }
                count(kind, world, "undo fails");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PlanKind.class,
            names = {"RETURN", "SWITCH"})
    void aLineThatIsCutAtAnyTickIsTakenBackOrWaitedFor(PlanKind kind) {
        int cuts = 0;
        for (int tick = 1; tick < MOST_TICKS; tick++) {
            SimulatedWorld world = prepared(kind);
            run(world, kind, tick, Trouble.LINE_CUT);
            if (!world.reached()) {
                break;
            }
            if (course(world) == null || !world.wasCut()) {
                continue;
            }
            cuts++;
            noGreenLie(course(world).operation().orElseThrow());
            if (word(world) == SystemState.BLOCKED) {
                engine(world).unblock(SYSTEM, "anna", !world.running.isEmpty()).orThrow();
                kept(world, kind);
            } else {
                whole(world, kind);
            }
            count(kind, world, "line cut");
        }
        assertTrue(cuts > 5, "cuts " + cuts);
    }

    /** After a block was lifted: whatever anybody wrote is still somewhere. */
    private static void kept(SimulatedWorld world, PlanKind kind) {
        assertFalse(course(world).busy());
        if (off(world)) {
            assertTrue(world.running.isEmpty(), "a machine that runs is not called an outage");
        }
        switch (kind) {
            case RETURN, REACTIVATION ->
                    assertTrue(world.overlays.contains(machine(world)), "overlay is kept");
            case SWITCH ->
                    assertTrue(world.primaryAlive || !world.running.isEmpty() || nobody(world));
            case ACTIVATION, UNDO, REHEARSAL -> {
                // nothing was written that is not in the pool, or a person has given it up
            }
        }
    }

    /** The state says that nobody serves. */
    private static boolean nobody(SimulatedWorld world) {
        return off(world)
                || course(world).state() instanceof RecoveryState.EmergencyOperation serving
                        && serving.down();
    }

    /** The state says that there is an outage. */
    private static boolean off(SimulatedWorld world) {
        return word(world) == SystemState.OUTAGE;
    }

    private static final Map<String, Map<String, Integer>> MATRIX = new TreeMap<>();

    private static void count(PlanKind kind, SimulatedWorld world, String trouble) {
        MATRIX.computeIfAbsent(kind + " " + world.hitStep(), _ -> new TreeMap<>())
                .merge(trouble, 1, Integer::sum);
    }

    @AfterAll
    static void printTheMatrix() {
        List<String> columns = List.of("kill", "step fails", "undo fails", "disk full", "line cut");
        StringBuilder table = new StringBuilder("%-34s".formatted("plan and step"));
        columns.forEach(column -> table.append("%12s".formatted(column)));
        MATRIX.forEach(
                (row, cells) -> {
                    table.append("%n%-34s".formatted(row));
                    columns.forEach(
                            column ->
                                    table.append("%12s".formatted(cells.getOrDefault(column, 0))));
                });
        System.out.println(table);
    }

    @Test
    void pain2APlannedSwitchShutsThePrimaryDownAndLosesNothing() {
        SimulatedWorld world = prepared(PlanKind.SWITCH);
        engine(world)
                .begin(SYSTEM, PlanKind.SWITCH, "anna", facts(world, PlanKind.SWITCH), List.of());
        assertEquals(SystemState.EMERGENCY_OPERATION, word(world));
        assertFalse(world.primaryAlive);
        assertTrue(world.emergencyData.containsAll(world.primaryData));
        assertTrue(world.primaryData.size() >= 2, "users wrote until the shutdown");
    }

    @Test
    void pain2TheEmergencyWayNeverTouchesALivePrimaryAndThePlannedOneNeedsIt() {
        SimulatedWorld world = prepared(PlanKind.ACTIVATION);
        Outcome<Operation> refused =
                engine(world).begin(SYSTEM, PlanKind.SWITCH, "anna", Map.of(), List.of());
        assertInstanceOf(Outcome.Refused.class, refused);
        SimulatedWorld healthy = prepared(PlanKind.SWITCH);
        assertInstanceOf(
                Outcome.Refused.class,
                engine(healthy).begin(SYSTEM, PlanKind.ACTIVATION, "anna", Map.of(), List.of()));
        assertTrue(healthy.primaryAlive);
    }

    @Test
    void pain1APrimaryThatIsAliveIsNeverDoubled() {
        SimulatedWorld world = prepared(PlanKind.ACTIVATION);
        world.primaryAlive = true;
        engine(world).begin(SYSTEM, PlanKind.ACTIVATION, "anna", Map.of(), List.of("gone.alive"));
        Operation operation = course(world).operation().orElseThrow();
        assertEquals(OperationState.REFUSED, operation.state());
        assertEquals(SystemState.OUTAGE, word(world));
        assertEquals(0, world.starts);
        assertEquals("gone.alive", operation.problem().orElseThrow().code());
    }

    @Test
    void pain1APrimaryThatComesBackWhileTheStandbyWasDownIsSeenBeforeTheStart() {
        SimulatedWorld world = prepared(PlanKind.ACTIVATION);
        int tick = 1;
        do {
            world = prepared(PlanKind.ACTIVATION);
            assertTrue(run(world, PlanKind.ACTIVATION, tick++, Trouble.DIE_AFTER));
        } while (!atStep(world, "start"));
        world.now += 3_600_000;
        world.primaryAlive = true;
        engine(world).resume();
        assertEquals(0, world.starts);
        assertEquals(SystemState.OUTAGE, word(world));
    }

    /** Whether a step was begun and not taken back. */
    private static boolean atStep(Operation operation, String step) {
        return operation.steps().stream()
                .anyMatch(
                        entry ->
                                entry.id().equals(step)
                                        && entry.state() != StepState.WAITING
                                        && entry.state() != StepState.UNDONE);
    }

    private static boolean atStep(SimulatedWorld world, String step) {
        return course(world).operation().stream()
                .flatMap(operation -> operation.steps().stream())
                .anyMatch(entry -> entry.id().equals(step) && entry.state() == StepState.RUNNING);
    }

    @Test
    void pain3AMachineThatDoesNotServeIsNoSuccess() {
        SimulatedWorld world = prepared(PlanKind.ACTIVATION);
        world.emergencyServes = false;
        engine(world).begin(SYSTEM, PlanKind.ACTIVATION, "anna", Map.of(), List.of());
        Operation operation = course(world).operation().orElseThrow();
        assertEquals(OperationState.FAILED, operation.state());
        assertEquals("plan.no-service", operation.problem().orElseThrow().code());
        assertEquals(SystemState.OUTAGE, word(world));
        assertTrue(world.running.isEmpty());
        assertTrue(world.holds.isEmpty());
    }

    @Test
    void aReturnWhosePositiveTestFailsLeavesEmergencyOperationServingWithEverything() {
        SimulatedWorld world = prepared(PlanKind.RETURN);
        world.homeServes = false;
        long epochBefore = world.epoch;
        engine(world)
                .begin(SYSTEM, PlanKind.RETURN, "anna", facts(world, PlanKind.RETURN), List.of());
        assertEquals(SystemState.EMERGENCY_OPERATION, word(world));
        assertEquals(1, world.running.size());
        assertFalse(world.homeRunning);
        assertTrue(world.epoch >= epochBefore + 2, "the new machine is locked out again");
        assertInstanceOf(RecoveryState.EmergencyOperation.class, course(world).state());
    }

    @Test
    void theTimesOfAnOutageAreMeasured() {
        SimulatedWorld world = prepared(PlanKind.ACTIVATION);
        engine(world).begin(SYSTEM, PlanKind.ACTIVATION, "anna", Map.of(), List.of());
        var measured = course(world).measured();
        assertTrue(measured.rtaMillis().orElseThrow() > 0);
        assertTrue(measured.awayMillis().orElseThrow() >= measured.rtaMillis().orElseThrow());
        assertTrue(measured.rpaMillis().orElseThrow() >= 299_000);
        assertTrue(course(world).provedToStartAt().isPresent());
    }

    private boolean run(SimulatedWorld world, PlanKind kind, int tick, Trouble trouble) {
        RecoveryEngine engine = engine(world);
        world.at(tick, trouble);
        try {
            engine.begin(SYSTEM, kind, "anna", facts(world, kind), List.of());
            return false;
        } catch (ProcessDeath _) {
            return true;
        } finally {
            world.calm();
        }
    }

    /** A step is only green if it happened, and an operation only if all its steps are. */
    private static void noGreenLie(Operation operation) {
        boolean allDone =
                operation.steps().stream().allMatch(step -> step.state() == StepState.DONE);
        assertEquals(operation.state() == OperationState.SUCCEEDED, allDone);
    }

    /** State and world say the same, and nothing that users wrote is gone. */
    private static void whole(SimulatedWorld world, PlanKind kind) {
        if (course(world) == null) {
            assertTrue(world.holds.isEmpty());
            return;
        }
        boolean serving = !world.running.isEmpty();
        switch (word(world)) {
            case EMERGENCY_OPERATION -> {
                boolean down = ((RecoveryState.EmergencyOperation) course(world).state()).down();
                assertEquals(!down, serving, "emergency machine runs");
                assertTrue(world.overlays.contains(machine(world)), "overlay is kept");
                assertFalse(world.homeRunning);
                if (kind == PlanKind.SWITCH) {
                    assertFalse(world.primaryAlive);
                    assertTrue(
                            world.emergencyData.containsAll(world.primaryData), "nothing is lost");
                }
            }
            case NORMAL_OPERATION -> {
                assertFalse(serving);
                if (kind == PlanKind.SWITCH) {
                    assertTrue(world.primaryAlive, "the primary serves again");
                    assertTrue(world.overlays.isEmpty(), "nothing left behind");
                }
                assertTrue(world.holds.isEmpty(), "released");
                if (kind == PlanKind.RETURN) {
                    assertTrue(world.homeRunning);
                    assertTrue(
                            new HashSet<>(world.homeData).containsAll(world.emergencyData),
                            "everything written in emergency operation is home");
                }
            }
            case OUTAGE -> {
                assertFalse(serving);
                assertTrue(world.holds.isEmpty(), "released");
                assertTrue(world.overlays.isEmpty(), "nothing left behind");
            }
            default -> throw new AssertionError("left in " + word(world));
        }
        course(world).operation().ifPresent(CrashMatrixTest::noGreenLie);
    }
}
