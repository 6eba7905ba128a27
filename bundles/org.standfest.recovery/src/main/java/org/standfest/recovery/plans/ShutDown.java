package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;
import java.util.function.Function;

/**
 * Shuts the machine that serves down in good order. From here on nobody serves, so the clock is
 * noted.
 *
 * <ul>
 *   <li>Precondition: a copy of it that is not long old lies where it will serve next.
 *   <li>Postcondition: the guest is off, its disks can be read, the instant is written down.
 *   <li>Undo: lets it run again over the same disks and waits until a positive test has seen it
 *       serve.
 *   <li>Repeatable: yes.
 * </ul>
 *
 * @param id of the step
 * @param off shuts it down
 * @param again lets it run again, and waits for its service
 */
record ShutDown(
        String id, Function<StepRun, Outcome<Void>> off, Function<StepRun, Outcome<Void>> again)
        implements Step {

    static ShutDown ofPrimary(PrimaryMachine primary, Patience patience) {
        return new ShutDown(
                "shutdown-primary",
                run -> primary.shutDown(run.systemId(), agent(run)),
                run ->
                        primary.startAgain(run.systemId(), agent(run))
                                .then(_ -> patience.untilServed(run, ServiceTest.Place.HOME, "")));
    }

    static ShutDown ofEmergency(EmergencyMachines machines, Patience patience) {
        return new ShutDown(
                "shutdown",
                run -> machines.shutDown(run.systemId(), machine(run)),
                run ->
                        running(machines, run)
                                .then(
                                        _ ->
                                                patience.untilServed(
                                                        run,
                                                        ServiceTest.Place.EMERGENCY,
                                                        machine(run))));
    }

    private static Outcome<Void> running(EmergencyMachines machines, StepRun run) {
        return machines.running(run.systemId(), machine(run))
                ? Outcome.done()
                : machines.end(run.systemId(), machine(run))
                        .then(_ -> machines.start(run.systemId(), machine(run)));
    }

    private static String agent(StepRun run) {
        return run.fact(Facts.AGENT).orElseThrow();
    }

    private static String machine(StepRun run) {
        return run.fact(Facts.MACHINE).orElseThrow();
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id, locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        if (run.fact(Facts.STOPPED_AT).isEmpty()) {
            run.fact(Facts.STOPPED_AT, run.now().toString());
        }
        return off.apply(run);
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return run.fact(Facts.STOPPED_AT).isEmpty() ? Outcome.done() : again.apply(run);
    }
}
