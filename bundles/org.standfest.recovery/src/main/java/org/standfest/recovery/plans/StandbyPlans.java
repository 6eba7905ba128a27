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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The plans of a standby. Immutable, safe for any thread. */
public final class StandbyPlans implements PlanBook {

    private final Images images;
    private final Witnesses witnesses;
    private final GoneRule rule;
    private final EmergencyMachines machines;
    private final HomeMachine home;
    private final PrimaryMachine primary;
    private final ServiceTest service;
    private final Sleeper sleeper;
    private final Supplier<List<PartnerStep>> partners;
    private final Patience patience;

    /** Locks, lists and files: what takes longer than this is stuck. */
    private static final Duration SHORT = Duration.ofMinutes(2);

    /** A guest that switches itself off, a machine that comes up to its first instruction. */
    private static final Duration MACHINE = Duration.ofMinutes(5);

    /** A small machine of its own that builds initial file systems, perhaps under emulation. */
    private static final Duration ADAPTATION = Duration.ofMinutes(30);

    /**
     * With everything that plans reach the world through.
     *
     * @param partners the partners' steps that are there now
     */
    public StandbyPlans(
            Images images,
            Witnesses witnesses,
            GoneRule rule,
            EmergencyMachines machines,
            ServiceTest service,
            HomeMachine home,
            PrimaryMachine primary,
            Sleeper sleeper,
            Supplier<List<PartnerStep>> partners) {
        this.images = images;
        this.witnesses = witnesses;
        this.rule = rule;
        this.machines = machines;
        this.home = home;
        this.primary = primary;
        this.service = service;
        this.sleeper = sleeper;
        this.partners = partners;
        this.patience = new Patience(service, machines, sleeper);
    }

    @Override
    public Plan plan(PlanKind kind) {
        return plan(kind, partners.get());
    }

    @Override
    public Plan plan(PlanKind kind, String systemId) {
        Plan plan =
                plan(
                        kind,
                        partners.get().stream().filter(step -> step.concerns(systemId)).toList());
        return machines.adapts(systemId) ? plan : plan.without(AdaptImage.ID);
    }

    private Plan plan(PlanKind kind, List<PartnerStep> theirs) {
        return switch (kind) {
            case ACTIVATION -> activation(theirs);
            case REACTIVATION -> reactivation(theirs);
            case SWITCH -> plannedSwitch(theirs);
            case UNDO -> undo(theirs);
            case RETURN -> wayHome(theirs);
            case REHEARSAL -> rehearsal();
        };
    }

    private Plan activation(List<PartnerStep> theirs) {
        return new Plan(
                PlanKind.ACTIVATION,
                withPartners(
                        theirs,
                        PlanKind.ACTIVATION,
                        Planned.of(new AskWitnesses(witnesses, rule)).within(SHORT),
                        Planned.of(new HoldPoint(images)).within(SHORT),
                        Planned.of(new LayOverlay(machines)).within(MACHINE),
                        Planned.of(new AdaptImage(machines)).within(ADAPTATION),
                        Planned.of(new RaiseEpoch(images)).within(SHORT),
                        Planned.of(new StartEmergency(machines, witnesses, rule)).within(MACHINE),
                        Planned.of(new ProveEmergency(patience))),
                "test",
                RecoveryEvent.ActivationBegun::new,
                run -> new RecoveryEvent.ActivationProved(machine(run)),
                (_, why) -> new RecoveryEvent.ActivationUndone(why));
    }

    private Plan reactivation(List<PartnerStep> theirs) {
        return new Plan(
                PlanKind.REACTIVATION,
                withPartners(
                        theirs,
                        PlanKind.REACTIVATION,
                        Planned.of(new AskWitnesses(witnesses, rule)).within(SHORT),
                        Planned.of(new StartEmergency(machines, witnesses, rule)).within(MACHINE),
                        Planned.of(new ProveEmergency(patience))),
                "test",
                RecoveryEvent.ActivationBegun::new,
                run -> new RecoveryEvent.ActivationProved(machine(run)),
                (run, why) -> new RecoveryEvent.ReactivationUndone(machine(run), why));
    }

    /** Nothing is lost: the last increment is taken when nobody can write any more. */
    private Plan plannedSwitch(List<PartnerStep> theirs) {
        return new Plan(
                PlanKind.SWITCH,
                withPartners(
                        theirs,
                        PlanKind.SWITCH,
                        Planned.of(new CheckPrimary(primary, service)).within(SHORT),
                        Planned.of(new CopyFromPrimary("warm", primary)),
                        Planned.of(ShutDown.ofPrimary(primary, patience)).within(MACHINE),
                        Planned.of(new CopyFromPrimary("last", primary)),
                        Planned.of(new SeePrimaryOff(witnesses, rule, sleeper)).within(SHORT),
                        Planned.of(new HoldPoint(images)).within(SHORT),
                        Planned.of(new LayOverlay(machines)).within(MACHINE),
                        Planned.of(new AdaptImage(machines)).within(ADAPTATION),
                        Planned.of(new RaiseEpoch(images)).within(SHORT),
                        Planned.of(new StartEmergency(machines, witnesses, rule)).within(MACHINE),
                        Planned.of(new ProveEmergency(patience)),
                        Planned.of(new LetPrimaryGo(primary))),
                "test",
                RecoveryEvent.SwitchBegun::new,
                run -> new RecoveryEvent.SwitchProved(machine(run)),
                (_, why) -> new RecoveryEvent.SwitchUndone(why));
    }

    /** The partners' steps at their places, each once, in the order of their ids. */
    private static List<Planned> withPartners(
            List<PartnerStep> theirs, PlanKind kind, Planned... own) {
        List<PartnerStep> present =
                theirs.stream()
                        .filter(step -> step.plans().contains(kind))
                        .filter(step -> step.id().matches("partner-[a-z0-9-]{1,48}"))
                        .sorted(Comparator.comparing(PartnerStep::id))
                        .toList();
        List<Planned> all = new ArrayList<>();
        add(all, present, PartnerStep.Place.BEFORE_ALL);
        for (Planned planned : own) {
            switch (planned.step().id()) {
                case "window" -> add(all, present, PartnerStep.Place.BEFORE_WINDOW);
                case "start" -> add(all, present, PartnerStep.Place.BEFORE_START);
                case "test" -> add(all, present, PartnerStep.Place.BEFORE_TEST);
                default -> {
                    // no place for partners
                }
            }
            all.add(planned);
            if (planned.step().id().equals("stop") || planned.step().id().equals("shutdown")) {
                add(all, present, PartnerStep.Place.AFTER_STOP);
            }
        }
        return all;
    }

    private static void add(List<Planned> all, List<PartnerStep> present, PartnerStep.Place place) {
        Set<String> ids = new HashSet<>();
        present.stream()
                .filter(step -> step.place() == place && ids.add(step.id()))
                .forEach(step -> all.add(Planned.of(step).within(step.limit())));
    }

    private Plan undo(List<PartnerStep> theirs) {
        return new Plan(
                PlanKind.UNDO,
                withPartners(
                        theirs,
                        PlanKind.UNDO,
                        Planned.of(new StopEmergency(machines)).within(MACHINE),
                        Planned.of(new DiscardRun(machines)),
                        Planned.of(new ReleasePoint(images))),
                "stop",
                RecoveryEvent.UndoBegun::new,
                _ ->
                        new RecoveryEvent.ActivationUndone(
                                Told.of(PlanTexts.explain("plan.undone-by-person"))),
                (run, why) -> new RecoveryEvent.ReactivationUndone(machine(run), why));
    }

    private Plan wayHome(List<PartnerStep> theirs) {
        return new Plan(
                PlanKind.RETURN,
                withPartners(
                        theirs,
                        PlanKind.RETURN,
                        Planned.of(new CheckHome(machines, home)).within(SHORT),
                        Planned.of(new RehearseHome(machines, patience)),
                        Planned.of(new CopyBulk("bulk", home)),
                        Planned.of(new AwaitWindow(machines, sleeper)),
                        Planned.of(new CopyBulk("refresh", home), new RecoveryEvent.BulkDone()),
                        Planned.of(new RaiseEpoch(images)).within(SHORT),
                        Planned.of(ShutDown.ofEmergency(machines, patience)).within(MACHINE),
                        Planned.of(new CopyFinal(home)),
                        Planned.of(new StartHome(home)).within(MACHINE),
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
                        Planned.of(new HoldPoint(images)).within(SHORT),
                        Planned.of(new LayOverlay(machines)).within(MACHINE),
                        Planned.of(new AdaptImage(machines)).within(ADAPTATION),
                        Planned.of(new StartIsolated(machines)).within(MACHINE),
                        Planned.of(new ProveIsolated(patience, machines)),
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
