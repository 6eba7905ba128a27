package org.standfest.recovery.plans;

import org.standfest.management.StepState;
import org.standfest.management.SystemState;
import org.standfest.probe.GoneRule;
import org.standfest.recovery.Course;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.RecoveryEvent;
import org.standfest.recovery.Told;
import org.standfest.recovery.Transitions;
import org.standfest.recovery.plans.SimulatedWorld.Trouble;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A standby over a {@link SimulatedWorld}: the one place where tests build plans and engine. An
 * engine stands for a process of the standby; the world outlives it.
 */
final class SimulatedStandby {

    static final String SYSTEM = SimulatedWorld.SYSTEM;

    final SimulatedWorld world;
    private Supplier<List<PartnerStep>> partners = List::of;

    SimulatedStandby(SimulatedWorld world) {
        this.world = world;
    }

    /** The partners' steps that are there from now on. */
    void partners(PartnerStep... present) {
        List<PartnerStep> steps = List.of(present);
        partners = () -> steps;
    }

    StandbyPlans plans() {
        return new StandbyPlans(
                world,
                world::witnesses,
                new GoneRule(2),
                world,
                world,
                world,
                new SimulatedPrimary(world),
                world::sleep,
                () -> partners.get());
    }

    /** A new process of the standby, which has read its files and done nothing yet. */
    RecoveryEngine engine() {
        RecoveryEngine engine =
                new RecoveryEngine(
                        world,
                        world.chronicle(),
                        plans(),
                        world,
                        Runnable::run,
                        world::sleep,
                        world::newId);
        engine.open().orThrow();
        engine.meet(SYSTEM).orThrow();
        return engine;
    }

    /** A world in which a plan can begin. */
    static SimulatedStandby prepared(PlanKind kind) {
        SimulatedWorld world = new SimulatedWorld();
        SimulatedStandby standby = new SimulatedStandby(world);
        switch (kind) {
            case REHEARSAL -> standby.engine();
            case SWITCH -> {
                standby.engine();
                world.primaryAlive = true;
                world.users();
            }
            case ACTIVATION -> standby.outage();
            case REACTIVATION, UNDO, RETURN -> {
                standby.outage();
                standby.finish(PlanKind.ACTIVATION);
                world.users();
            }
        }
        if (kind == PlanKind.REACTIVATION) {
            world.running.clear();
            standby.engine()
                    .happened(
                            SYSTEM,
                            "watch",
                            new RecoveryEvent.EmergencyTrouble(
                                    Optional.of(Told.of(SimulatedWorld.broken()))))
                    .orThrow();
        }
        return standby;
    }

    void outage() {
        engine().outage(
                        SYSTEM,
                        "watch",
                        Told.of(SimulatedWorld.broken()),
                        Optional.of(world.instant()))
                .orThrow();
    }

    /** What a person's request says. */
    Map<String, String> facts(PlanKind kind) {
        Map<String, String> facts = new HashMap<>();
        switch (kind) {
            case ACTIVATION -> {
                // its machine is named after the operation
            }
            case REHEARSAL -> facts.put(Facts.MACHINE, "rehearsal-1");
            case SWITCH -> facts.put(Facts.AGENT, "agent-old");
            case RETURN -> {
                facts.put(Facts.MACHINE, machine());
                facts.put(Facts.AGENT, "agent-new");
                facts.put(Facts.REHEARSE, "true");
                facts.put(Facts.WINDOW_FROM, Instant.ofEpochMilli(world.now + 1_000).toString());
            }
            case UNDO, REACTIVATION -> facts.put(Facts.MACHINE, machine());
        }
        return facts;
    }

    /** Begins a plan, which is then at its end. */
    Operation finish(PlanKind kind) {
        return finish(kind, Map.of());
    }

    /** Begins a plan with more facts than usual, which is then at its end. */
    Operation finish(PlanKind kind, Map<String, String> more) {
        Map<String, String> facts = facts(kind);
        facts.putAll(more);
        engine().begin(SYSTEM, kind, "anna", facts, List.of()).orThrow();
        return operation();
    }

    /**
     * Begins a plan in a new process; at some tick there is trouble.
     *
     * @return whether the process died
     */
    boolean dies(PlanKind kind, int tick, Trouble trouble) {
        RecoveryEngine engine = engine();
        world.at(tick, trouble);
        try {
            engine.begin(SYSTEM, kind, "anna", facts(kind), List.of());
            return false;
        } catch (ProcessDeath _) {
            return true;
        } finally {
            world.calm();
        }
    }

    /** The course as it stands in the file; null if nothing was ever written. */
    Course course() {
        return world.files.get(SYSTEM);
    }

    Operation operation() {
        return course().operation().orElseThrow();
    }

    SystemState word() {
        return course().state().word();
    }

    String machine() {
        return Transitions.machine(course().state()).orElseThrow();
    }

    /** Whether a step was begun and not taken back. */
    boolean began(String step) {
        return stands(step, state -> state != StepState.WAITING && state != StepState.UNDONE);
    }

    /** Whether the operation stands so that a step of it is in such a state. */
    boolean stands(String step, Predicate<StepState> state) {
        return course().operation().stream()
                .flatMap(operation -> operation.steps().stream())
                .anyMatch(entry -> entry.id().equals(step) && state.test(entry.state()));
    }
}
