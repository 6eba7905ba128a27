package org.standfest.cli;

import org.standfest.command.Invocation;
import org.standfest.management.BootProof;
import org.standfest.management.BootProofList;
import org.standfest.management.ChainView;
import org.standfest.management.HistoryInfo;
import org.standfest.management.HistoryList;
import org.standfest.management.JournalProof;
import org.standfest.management.PlanStepView;
import org.standfest.management.PlanView;
import org.standfest.management.PossibleAction;
import org.standfest.management.ReadinessCheck;
import org.standfest.management.ReadinessView;
import org.standfest.management.Reason;
import org.standfest.management.ReturnForecast;
import org.standfest.management.SystemStatus;
import org.standfest.management.VerificationPlan;
import org.standfest.management.WindowView;

import java.time.Duration;

/** How answers about recoveries look on a terminal. Stateless. */
final class RecoveryShown {

    private RecoveryShown() {}

    static void status(Invocation call, SystemStatus system) {
        call.out()
                .printf(
                        "%s  %s  %s%n",
                        system.id(),
                        system.state().text(call.locale()),
                        Shown.instant(system.since(), call.locale()));
        system.reason().ifPresent(why -> said(call, why));
        system.provedToStartAt()
                .ifPresent(
                        at ->
                                call.out()
                                        .println(
                                                "  "
                                                        + Talk.text(
                                                                call,
                                                                "recover.proved",
                                                                Shown.instant(at, call.locale()))));
        VerificationPlan plan = system.settings().verification();
        if (plan.scheduled()) {
            call.out().println("  " + Talk.text(call, "recover.verification", plan.text()));
        }
        for (PossibleAction possible : system.actions()) {
            String name = possible.action().text(call.locale());
            call.out()
                    .println(
                            possible.whyNot()
                                    .map(why -> "  - " + name + ": " + why.happened())
                                    .orElse("  + " + name));
        }
    }

    static void plan(Invocation call, PlanView plan) {
        call.out().println(plan.action().text(call.locale()));
        plan.whyNot().ifPresent(why -> said(call, why));
        int number = 0;
        for (PlanStepView step : plan.steps()) {
            number++;
            call.out()
                    .printf(
                            "%3d. %-56s %s%s%n",
                            number,
                            step.name(),
                            took(call, step.lastMillis()),
                            step.commit() ? "  " + Talk.text(call, "recover.commit") : "");
        }
        if (plan.lastMillis() >= 0) {
            call.out().println(Talk.text(call, "recover.last", took(call, plan.lastMillis())));
        }
    }

    private static String took(Invocation call, long millis) {
        return millis < 0
                ? ""
                : millis < 1000
                        ? millis + " ms"
                        : Shown.duration(Duration.ofMillis(millis), call.locale());
    }

    static void forecast(Invocation call, ReturnForecast forecast) {
        said(call, forecast.words());
    }

    static void window(Invocation call, WindowView view) {
        String words =
                view.window()
                        .map(
                                window ->
                                        Talk.text(
                                                call,
                                                view.missed()
                                                        ? "recover.window-missed"
                                                        : "recover.window",
                                                Shown.instant(window.from(), call.locale()),
                                                Shown.instant(window.until(), call.locale())))
                        .orElseGet(() -> Talk.text(call, "recover.no-window"));
        call.out().println(words);
        if (view.waiting()) {
            call.out().println(Talk.text(call, "recover.waiting"));
        }
    }

    static void readiness(Invocation call, ReadinessView view) {
        call.out().println(Talk.text(call, view.ready() ? "recover.ready" : "recover.not-ready"));
        for (ReadinessCheck check : view.checks()) {
            call.out()
                    .printf(
                            "  %-10s %-10s %s%n",
                            Talk.text(call, "light." + check.light().name()),
                            check.id(),
                            check.reason().happened());
            switch (check.light()) {
                case GREEN -> {
                    // nothing has to be done
                }
                case YELLOW, RED ->
                        call.out()
                                .printf(
                                        "%23s %s %s%n",
                                        "", check.reason().meaning(), check.reason().next());
            }
        }
    }

    static void proofs(Invocation call, BootProofList list) {
        if (list.proofs().isEmpty()) {
            call.out().println(Talk.text(call, "recover.no-proofs"));
        }
        for (BootProof proof : list.proofs()) {
            call.out()
                    .printf(
                            "%s  %-12s %8s  %s  %s%n",
                            Shown.instant(proof.at(), call.locale()),
                            Talk.text(call, proof.proved() ? "recover.started" : "recover.failed"),
                            took(call, proof.bootMillis()),
                            proof.pointId(),
                            proof.id());
            proof.why().ifPresent(why -> said(call, why));
        }
    }

    static void histories(Invocation call, HistoryList list) {
        call.out().println(Talk.text(call, list.split() ? "recover.split" : "recover.one-history"));
        for (HistoryInfo history : list.histories()) {
            call.out().println((history.serves() ? "* " : "  ") + history.words().happened());
            call.out().println("    " + history.words().meaning());
            call.out().println("    " + history.words().next());
        }
    }

    static void chain(Invocation call, ChainView chain) {
        if (chain.members().isEmpty()) {
            call.out().println(Talk.text(call, "recover.no-chain"));
        }
        for (ChainView.Member one : chain.members()) {
            call.out()
                    .printf(
                            "%d  %-20s %-14s %s%n",
                            one.priority(),
                            one.systemId(),
                            Talk.text(call, "chain." + one.state()),
                            String.join(", ", one.after()));
            one.why().ifPresent(why -> said(call, why));
        }
    }

    static void journal(Invocation call, JournalProof proof) {
        proof.broken()
                .ifPresentOrElse(
                        why -> said(call, why),
                        () ->
                                call.out()
                                        .println(
                                                Talk.text(
                                                        call,
                                                        "recover.journal-whole",
                                                        proof.entries(),
                                                        proof.lastHash())));
    }

    private static void said(Invocation call, Reason why) {
        call.out().println("  " + why.happened());
        call.out().println("  " + why.meaning());
        call.out().println("  " + why.next());
    }
}
