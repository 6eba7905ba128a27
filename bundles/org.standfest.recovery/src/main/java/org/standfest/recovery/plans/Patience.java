package org.standfest.recovery.plans;

import org.standfest.probe.Verdict;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Sleeper;
import org.standfest.recovery.StepRun;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for a positive test, but not for ever and not for a machine that is gone. */
final class Patience {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ServiceTest service;
    private final EmergencyMachines machines;
    private final Sleeper sleeper;

    Patience(ServiceTest service, EmergencyMachines machines, Sleeper sleeper) {
        this.service = service;
        this.machines = machines;
        this.sleeper = sleeper;
    }

    /**
     * Waits until the service is seen.
     *
     * @param machine the emergency machine that is waited for; empty if it is the home machine
     */
    Outcome<Void> untilServed(StepRun run, ServiceTest.Place place, String machine) {
        return wait(run, machine, () -> service.test(run.systemId(), place));
    }

    Outcome<Void> untilServedIsolated(StepRun run, String machine) {
        int port = Integer.parseInt(run.fact(Facts.ISOLATED_PORT).orElseThrow());
        return wait(run, machine, () -> service.testIsolated(run.systemId(), port));
    }

    private Outcome<Void> wait(StepRun run, String machine, Supplier<Optional<Verdict>> test) {
        Duration limit = service.limit(run.systemId());
        Instant begun = run.now();
        while (true) {
            Optional<Verdict> verdict = test.get();
            if (verdict.isEmpty()) {
                return Outcome.refused(PlanTexts.explain("plan.no-test", run.systemId()));
            }
            if (verdict.get().answer() == Verdict.Answer.POSITIVE) {
                run.servedAgain(run.now());
                return Outcome.done();
            }
            if (run.cancelled()) {
                return run.cancelledOutcome();
            }
            if (!machine.isEmpty() && !machines.running(run.systemId(), machine)) {
                return Outcome.failed(
                        PlanTexts.explain(
                                "plan.machine-died", machines.lastWords(run.systemId(), machine)));
            }
            Duration waited = Duration.between(begun, run.now());
            if (waited.compareTo(limit) > 0) {
                return Outcome.failed(tooLong(run, machine, limit, verdict.get()));
            }
            try {
                sleeper.sleep(PAUSE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return run.cancelledOutcome();
            }
        }
    }

    private Explanation tooLong(StepRun run, String machine, Duration limit, Verdict last) {
        return PlanTexts.explain(
                "plan.no-service",
                limit.toSeconds(),
                last.reason(),
                machine.isEmpty() ? "" : machines.lastWords(run.systemId(), machine));
    }
}
