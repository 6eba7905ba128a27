package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.List;
import java.util.Locale;

/**
 * Fits the overlays to the hardware that the machine gets here; only in plans of systems whose
 * settings name an adapter.
 *
 * <ul>
 *   <li>Precondition: overlay and description of the machine exist, and it never ran.
 *   <li>Postcondition: the adapter named in the settings has said that the image fits; what it
 *       changed is written down.
 *   <li>Undo: nothing: what was changed goes with the overlay.
 *   <li>Repeatable: yes: on an overlay on which it was begun before, a new one is laid first.
 * </ul>
 */
record AdaptImage(EmergencyMachines machines) implements Step {

    /** Its id: the step is left out for systems without an adapter. */
    static final String ID = "adapt";

    private static final int FACT_LIMIT = 4_000;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        String machine = run.fact(Facts.MACHINE).orElseThrow();
        Outcome<List<String>> adapted = machines.adapt(run.systemId(), machine, run::cancelled);
        adapted.result().ifPresent(changes -> run.fact(Facts.ADAPTED, text(changes)));
        return adapted.isDone() || !run.cancelled()
                ? adapted.map(_ -> null)
                : run.cancelledOutcome();
    }

    private static String text(List<String> changes) {
        String all = String.join("; ", changes);
        return all.length() > FACT_LIMIT ? all.substring(0, FACT_LIMIT) : all;
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
