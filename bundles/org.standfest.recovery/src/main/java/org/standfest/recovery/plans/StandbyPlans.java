package org.standfest.recovery.plans;

import org.standfest.probe.GoneRule;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Plan;
import org.standfest.recovery.Plan.Planned;
import org.standfest.recovery.PlanBook;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEvent;
import org.standfest.recovery.Sleeper;
import org.standfest.recovery.StepRun;
import org.standfest.recovery.Told;

import java.util.List;

/** The plans of a standby. Immutable, safe for any thread. */
public final class StandbyPlans implements PlanBook {

    private final Images images;
    private final Witnesses witnesses;
    private final GoneRule rule;
    private final EmergencyMachines machines;
    private final HomeMachine home;
    private final Patience patience;

    /** With everything that plans reach the world through. */
    public StandbyPlans(
            Images images,
            Witnesses witnesses,
            GoneRule rule,
            EmergencyMachines machines,
            ServiceTest service,
            HomeMachine home,
            Sleeper sleeper) {
        this.images = images;
        this.witnesses = witnesses;
        this.rule = rule;
        this.machines = machines;
        this.home = home;
        this.patience = new Patience(service, machines, sleeper);
    }

    @Override
    public Plan plan(PlanKind kind) {
        return switch (kind) {
            case ACTIVATION -> activation();
            case REACTIVATION -> reactivation();
            case UNDO -> undo();
            case RETURN -> wayHome();
            case REHEARSAL -> rehearsal();
        };
    }

    private Plan activation() {
        return new Plan(
                PlanKind.ACTIVATION,
                List.of(
                        Planned.of(new AskWitnesses(witnesses, rule)),
                        Planned.of(new HoldPoint(images)),
                        Planned.of(new LayOverlay(machines)),
                        Planned.of(new RaiseEpoch(images)),
                        Planned.of(new StartEmergency(machines, witnesses, rule)),
                        Planned.of(new ProveEmergency(patience))),
                "test",
                RecoveryEvent.ActivationBegun::new,
                run -> new RecoveryEvent.ActivationProved(machine(run)),
                (_, why) -> new RecoveryEvent.ActivationUndone(why));
    }

    private Plan reactivation() {
        return new Plan(
                PlanKind.REACTIVATION,
                List.of(
                        Planned.of(new AskWitnesses(witnesses, rule)),
                        Planned.of(new StartEmergency(machines, witnesses, rule)),
                        Planned.of(new ProveEmergency(patience))),
                "test",
                RecoveryEvent.ActivationBegun::new,
                run -> new RecoveryEvent.ActivationProved(machine(run)),
                (run, why) -> new RecoveryEvent.ReactivationUndone(machine(run), why));
    }

    private Plan undo() {
        return new Plan(
                PlanKind.UNDO,
                List.of(
                        Planned.of(new StopEmergency(machines)),
                        Planned.of(new DiscardRun(machines)),
                        Planned.of(new ReleasePoint(images))),
                "stop",
                RecoveryEvent.UndoBegun::new,
                _ ->
                        new RecoveryEvent.ActivationUndone(
                                Told.of(PlanTexts.explain("plan.undone-by-person"))),
                (run, why) -> new RecoveryEvent.ReactivationUndone(machine(run), why));
    }

    private Plan wayHome() {
        return new Plan(
                PlanKind.RETURN,
                List.of(
                        Planned.of(new CheckHome(machines, home)),
                        Planned.of(new CopyBulk(home), new RecoveryEvent.BulkDone()),
                        Planned.of(new RaiseEpoch(images)),
                        Planned.of(new ShutEmergencyDown(machines, patience)),
                        Planned.of(new CopyFinal(home)),
                        Planned.of(new StartHome(home)),
                        Planned.of(new ProveHome(patience)),
                        Planned.of(new EndEmergency(machines)),
                        Planned.of(new ReleasePoint(images)),
                        Planned.of(new ProtectHome(home, images)),
                        Planned.of(new DiscardRun(machines))),
                "test-home",
                RecoveryEvent.ReturnBegun::new,
                _ -> new RecoveryEvent.ReturnProved(),
                (_, why) -> new RecoveryEvent.ReturnUndone(why));
    }

    private Plan rehearsal() {
        return new Plan(
                PlanKind.REHEARSAL,
                List.of(
                        Planned.of(new HoldPoint(images)),
                        Planned.of(new LayOverlay(machines)),
                        Planned.of(new StartIsolated(machines)),
                        Planned.of(new ProveIsolated(patience)),
                        Planned.of(new EndEmergency(machines)),
                        Planned.of(new DiscardRun(machines)),
                        Planned.of(new ReleasePoint(images))),
                "test-isolated",
                RecoveryEvent.RehearsalBegun::new,
                _ -> new RecoveryEvent.RehearsalEnded(),
                (_, _) -> new RecoveryEvent.RehearsalEnded());
    }

    private static String machine(StepRun run) {
        return run.fact(Facts.MACHINE).orElseThrow();
    }
}
