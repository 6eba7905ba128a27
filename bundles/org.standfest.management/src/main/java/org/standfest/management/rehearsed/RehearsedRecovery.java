package org.standfest.management.rehearsed;

import org.standfest.management.Action;
import org.standfest.management.BootProof;
import org.standfest.management.BootProofList;
import org.standfest.management.ChainView;
import org.standfest.management.Contact;
import org.standfest.management.ContactList;
import org.standfest.management.EmergencyPointList;
import org.standfest.management.HistoryInfo;
import org.standfest.management.HistoryList;
import org.standfest.management.JournalLine;
import org.standfest.management.JournalProof;
import org.standfest.management.PlanStepView;
import org.standfest.management.PlanView;
import org.standfest.management.ProofPicture;
import org.standfest.management.ReadinessCheck;
import org.standfest.management.ReadinessView;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReleaseList;
import org.standfest.management.ReplacementModel;
import org.standfest.management.ReplacementView;
import org.standfest.management.ReturnForecast;
import org.standfest.management.SystemState;
import org.standfest.management.WindowView;
import org.standfest.management.WitnessReport.Light;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What a rehearsed standby says about its recoveries. Stateless. */
final class RehearsedRecovery {

    private static final Catalog TEXTS = Catalog.beside(RehearsedRecovery.class);
    private static final long STEP_MILLIS = 2_000;

    private RehearsedRecovery() {}

    static Outcome<?> answer(
            RecoveryCall<?> call,
            Outcome<RehearsedSystem> found,
            List<JournalLine> journal,
            Function<Action, Optional<Reason>> whyNot,
            Instant now,
            Locale language) {
        return switch (call) {
            case RecoveryCall.CheckReady _ -> found.map(system -> ready(system, now, language));
            case RecoveryCall.ShowPlan(_, var action) ->
                    found.map(system -> plan(system, action, whyNot.apply(action), language));
            case RecoveryCall.BootProofs _ ->
                    found.map(system -> new BootProofList(system.id(), proofs(system)));
            case RecoveryCall.ShowProof(_, var id) -> found.then(system -> picture(system, id));
            case RecoveryCall.Histories _ -> found.map(system -> histories(system, language));
            case RecoveryCall.ShowChain _, RecoveryCall.StopChain _ ->
                    Outcome.done(new ChainView("", "", now, 1, true, List.of()));
            case RecoveryCall.StartChain(int atOnce, var members, _) ->
                    Outcome.done(new ChainView("chain-1", "", now, atOnce, true, members));
            case RecoveryCall.ForecastReturn _ ->
                    found.map(system -> forecast(system.id(), language));
            case RecoveryCall.ShowWindow(var id) ->
                    found.map(_ -> new WindowView(id, false, Optional.empty(), false));
            case RecoveryCall.ChangeWindow(var id, var window) ->
                    found.map(_ -> new WindowView(id, false, window, false));
            case RecoveryCall.EmergencyPoints(var id) -> found.map(_ -> noPoints(id));
            case RecoveryCall.MakeEmergencyPoint(var id) -> found.map(_ -> noPoints(id));
            case RecoveryCall.Releases _ -> Outcome.done(new ReleaseList(List.of()));
            case RecoveryCall.GiveRelease(var id) ->
                    Outcome.refused(TEXTS.explain("rehearsed.no-release", id));
            case RecoveryCall.DenyRelease(var id) ->
                    Outcome.refused(TEXTS.explain("rehearsed.no-release", id));
            case RecoveryCall.ShowReplacement _, RecoveryCall.SpareArrived _ ->
                    Outcome.done(new ReplacementView(ReplacementModel.NONE, List.of(), List.of()));
            case RecoveryCall.SetReplacement(var model) ->
                    Outcome.done(new ReplacementView(model, List.of(), List.of()));
            case RecoveryCall.Contacts _ -> Outcome.done(contacts(language));
            case RecoveryCall.NameContacts(var named) -> Outcome.done(named);
            case RecoveryCall.PrintSheet _ -> Outcome.refused(TEXTS.explain("rehearsed.no-sheet"));
            case RecoveryCall.ProveJournal _ ->
                    Outcome.done(
                            new JournalProof(
                                    journal.size(),
                                    journal.isEmpty() ? "" : journal.getLast().hash(),
                                    Optional.empty()));
        };
    }

    private static EmergencyPointList noPoints(String systemId) {
        return new EmergencyPointList(systemId, systemId, false, List.of(), Optional.empty());
    }

    private static ReturnForecast forecast(String systemId, Locale language) {
        return new ReturnForecast(
                systemId,
                40L << 30,
                55 * 60_000L,
                200L << 20,
                90_000,
                41_000,
                12_500_000,
                700L << 20,
                true,
                Reason.of(TEXTS.explain("rehearsed.forecast"), language));
    }

    /** A number of the range that is kept for fiction. */
    private static ContactList contacts(Locale language) {
        return new ContactList(
                List.of(
                        new Contact(
                                TEXTS.text(language, "contact.name"),
                                TEXTS.text(language, "contact.duty"),
                                "030 23125 000")));
    }

    private static ReadinessView ready(RehearsedSystem system, Instant now, Locale language) {
        boolean startable = system.startable() && system.state() != SystemState.BLOCKED;
        Reason reason =
                Reason.of(
                        TEXTS.explain(startable ? "rehearsed.ready" : "rehearsed.not-ready"),
                        language);
        return new ReadinessView(
                system.id(),
                now,
                startable,
                List.of(new ReadinessCheck("point", startable ? Light.GREEN : Light.RED, reason)));
    }

    private static PlanView plan(
            RehearsedSystem system, Action action, Optional<Reason> whyNot, Locale language) {
        List<PlanStepView> steps = new ArrayList<>();
        List<String> ids = RehearsedOperation.stepIds(action);
        for (String id : ids) {
            steps.add(
                    new PlanStepView(
                            id,
                            TEXTS.text(language, "step." + id),
                            120_000,
                            STEP_MILLIS,
                            id.equals("test")));
        }
        return new PlanView(system.id(), action, whyNot, steps, STEP_MILLIS * ids.size());
    }

    private static List<BootProof> proofs(RehearsedSystem system) {
        return system.provedAt().stream()
                .map(
                        at ->
                                new BootProof(
                                        "proof-1",
                                        system.point().map(point -> point.id()).orElse(""),
                                        system.point().map(point -> point.takenAt()).orElse(at),
                                        at,
                                        true,
                                        41_000,
                                        false,
                                        Optional.empty()))
                .toList();
    }

    private static Outcome<ProofPicture> picture(RehearsedSystem system, String id) {
        return proofs(system).stream()
                .filter(proof -> proof.id().equals(id))
                .findFirst()
                .map(proof -> Outcome.done(new ProofPicture(proof, "", "login:")))
                .orElseGet(() -> Outcome.refused(TEXTS.explain("rehearsed.no-proof", id)));
    }

    private static HistoryList histories(RehearsedSystem system, Locale language) {
        Reason words = Reason.of(TEXTS.explain("rehearsed.history", system.name()), language);
        return new HistoryList(
                system.id(),
                false,
                system.point().stream()
                        .map(
                                point ->
                                        new HistoryInfo(
                                                point.id(),
                                                HistoryInfo.Kind.POINTS,
                                                false,
                                                system.epoch(),
                                                point.storedBytes(),
                                                Optional.of(point.takenAt()),
                                                "",
                                                words))
                        .toList());
    }
}
