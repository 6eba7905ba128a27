package org.standfest.standby;

import org.standfest.management.Action;
import org.standfest.management.BootProofList;
import org.standfest.management.ChainView;
import org.standfest.management.JournalProof;
import org.standfest.management.PlanStepView;
import org.standfest.management.PlanView;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.recovery.Course;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Plan;
import org.standfest.recovery.PlanBook;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.Possibilities;
import org.standfest.recovery.RecoveryState;
import org.standfest.recovery.Sleeper;
import org.standfest.recovery.journal.Journal;
import org.standfest.recovery.ways.Ways;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers what can be asked about recoveries, and looks by itself whether every system could be
 * started: once a minute and after every change. Safe for any thread.
 */
final class RecoveryDesk {

    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration TICK = Duration.ofMillis(500);

    private final StandbyServer standby;
    private final PlanBook plans;
    private final Sleeper sleeper;
    private final ReadinessDesk readiness;
    private final ProofShelf proofs;
    private final VerificationClock verification;
    private final HistoryDesk histories;
    private final ChainDesk chains;
    private final PaperDesk papers;
    private final LastTimes last;
    private final ReturnDesk returns;
    private final ReleaseDesk releases;
    private final EmergencySource source;
    private final EmergencyPoints emergencies;
    private final Fence fence;
    private final Set<String> looking = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    RecoveryDesk(StandbyServer standby, PlanBook plans, Sleeper sleeper) {
        this.standby = standby;
        this.plans = plans;
        this.sleeper = sleeper;
        this.fence = new Fence(standby::note);
        this.readiness = new ReadinessDesk(standby);
        this.proofs = new ProofShelf(standby.home());
        this.verification = new VerificationClock(VerificationClock.Ports.of(standby, proofs));
        this.histories = new HistoryDesk(standby);
        this.chains = new ChainDesk(standby);
        this.last = new LastTimes(standby.journal());
        this.source =
                new EmergencySource(
                        standby.machines(),
                        standby.partners(),
                        standby.engine()::course,
                        new PoolImages(standby.pool())::epoch);
        this.emergencies = new EmergencyPoints(standby, source, new LocalPoolFiles());
        this.returns = new ReturnDesk(standby, last, proofs);
        this.releases = new ReleaseDesk(standby);
        this.papers =
                new PaperDesk(
                        standby,
                        (course, kind) -> plan(course, kind.action(), Locale.ENGLISH),
                        ZoneId.systemDefault());
    }

    /** Answers a question. */
    Outcome<?> answer(RecoveryCall<?> call, Asker asker) {
        String who = asker.who();
        Locale language = asker.language();
        return switch (call) {
            case RecoveryCall.CheckReady(var id) ->
                    course(id)
                            .map(
                                    course -> {
                                        readiness.changed(course);
                                        return readiness.look(course, language);
                                    });
            case RecoveryCall.ShowPlan(var id, var action) ->
                    course(id).then(course -> plan(course, action, language));
            case RecoveryCall.BootProofs(var id) ->
                    course(id).map(_ -> new BootProofList(id, proofs.proofs(id, language)));
            case RecoveryCall.ShowProof(var id, var proof) ->
                    course(id).then(_ -> proofs.show(id, proof, language));
            case RecoveryCall.Histories(var id) ->
                    course(id).map(course -> histories.list(course, language));
            case RecoveryCall.ProveJournal _ -> proveJournal(language);
            case RecoveryCall.ShowChain _ -> Outcome.done(chains.show(language));
            case RecoveryCall.StartChain start -> chains.begin(start, who, language);
            case RecoveryCall.StopChain _ -> chains.stop(who, language);
            case RecoveryCall.ForecastReturn(var id, var agent) ->
                    course(id).then(course -> returns.forecast(course, agent, language));
            case RecoveryCall.ShowWindow(var id) -> course(id).map(returns::window);
            case RecoveryCall.ChangeWindow(var id, var window) ->
                    course(id).then(_ -> returns.change(id, window, who));
            case RecoveryCall.EmergencyPoints(var id) ->
                    course(id).map(course -> emergencies.list(course, language));
            case RecoveryCall.MakeEmergencyPoint(var id) ->
                    course(id).then(course -> emergencies.make(course, language));
            case RecoveryCall.Releases _ -> releases.list(asker);
            case RecoveryCall.GiveRelease(var id) -> releases.give(id, asker, this::released);
            case RecoveryCall.DenyRelease(var id) -> releases.deny(id, asker);
            case RecoveryCall.ShowReplacement _ -> standby.replacements().view();
            case RecoveryCall.SetReplacement(var model) ->
                    standby.replacements()
                            .set(model, () -> standby.write(who, "", "replacement.set", Map.of()));
            case RecoveryCall.SpareArrived(var id) ->
                    standby.engine()
                            .amend(id, PlanKind.RETURN, Ways.SWAP_STEP, who, Ways.swapped())
                            .then(_ -> standby.replacements().view());
            case RecoveryCall.Contacts _ -> papers.contacts();
            case RecoveryCall.NameContacts(var named) -> papers.name(who, named);
            case RecoveryCall.PrintSheet(var id) ->
                    course(id).then(course -> papers.print(course, inOrder(), language));
        };
    }

    /** What needs a second person before it is done. */
    ReleaseDesk releases() {
        return releases;
    }

    private Outcome<String> released(ReleaseBook.Kept request, Asker both) {
        return new StandbyCaller(standby, standby.desk(), both)
                .released(request.systemId(), request.order());
    }

    private List<ChainView.Member> inOrder() {
        return chains.show(Locale.ENGLISH).members();
    }

    private Outcome<Course> course(String systemId) {
        return standby.desk().course(systemId);
    }

    private Outcome<JournalProof> proveJournal(Locale language) {
        Journal journal = standby.journal();
        try {
            Optional<Reason> broken = journal.verify().map(why -> Reason.of(why, language));
            return Outcome.done(new JournalProof(journal.size(), journal.lastHash(), broken));
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-read", fault.getMessage()), fault);
        }
    }

    private Outcome<PlanView> plan(Course course, Action action, Locale language) {
        Optional<Reason> whyNot =
                Possibilities.whyNot(
                                action, course, standby.desk().circumstances(course.systemId()))
                        .map(why -> Reason.of(why, language));
        Optional<Plan> plan = kind(course, action).map(kind -> plans.plan(kind, course.systemId()));
        try {
            Map<String, Long> took =
                    plan.isEmpty() ? Map.of() : last.of(course.systemId(), plan.get().kind());
            List<PlanStepView> steps =
                    plan.map(Plan::steps).orElse(List.of()).stream()
                            .map(
                                    planned ->
                                            new PlanStepView(
                                                    planned.step().id(),
                                                    planned.step().name(language),
                                                    planned.limit().toMillis(),
                                                    took.getOrDefault(planned.step().id(), -1L),
                                                    planned.step()
                                                            .id()
                                                            .equals(plan.get().commitStep())))
                            .toList();
            return Outcome.done(
                    new PlanView(
                            course.systemId(), action, whyNot, steps, took.getOrDefault("", -1L)));
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-read", fault.getMessage()), fault);
        }
    }

    private static Optional<PlanKind> kind(Course course, Action action) {
        return switch (action) {
            case ACTIVATE ->
                    Optional.of(
                            course.state() instanceof RecoveryState.EmergencyOperation
                                    ? PlanKind.REACTIVATION
                                    : PlanKind.ACTIVATION);
            case SWITCH -> Optional.of(PlanKind.SWITCH);
            case UNDO -> Optional.of(PlanKind.UNDO);
            case RETURN -> Optional.of(PlanKind.RETURN);
            case REHEARSE -> Optional.of(PlanKind.REHEARSAL);
            case REPLICATE, REPORT_OUTAGE, UNBLOCK -> Optional.empty();
        };
    }

    /** Something about a system has changed: looks at its readiness again. */
    void changed(String systemId) {
        standby.background().run(() -> course(systemId).result().ifPresent(readiness::changed));
    }

    /** Looks at all systems, again and again, until it is stopped. */
    void watch() {
        chains.open();
        try {
            while (!stopping) {
                standby.engine().courses().values().forEach(this::lookBeside);
                for (long left = LOOK.dividedBy(TICK); left > 0 && !stopping; left--) {
                    fence.around("", chains::advance);
                    fence.around("", emergencies::tick);
                    fence.around("", verification::tick);
                    sleeper.sleep(TICK);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Looks at one system in a thread of its own, because name servers and interfaces that do not
     * answer must not hold up the chains of starts; not twice at a time.
     */
    private void lookBeside(Course course) {
        String id = course.systemId();
        if (!stopping && !course.busy() && looking.add(id)) {
            standby.background()
                    .run(
                            () -> {
                                try {
                                    fence.around(id, () -> readiness.changed(course));
                                    fence.around(id, () -> papers.keep(course, inOrder()));
                                } finally {
                                    looking.remove(id);
                                }
                            });
        }
    }

    /** Opens the disks of emergency machines. */
    EmergencySource emergencySource() {
        return source;
    }

    void stop() {
        stopping = true;
        emergencies.stop();
    }

    private void notGivenBack(String systemId, Explanation why) {
        standby.note(
                "standby",
                systemId,
                "announcement.failed",
                Map.of("why", why.happened(Locale.ENGLISH)));
    }

    /**
     * Removes what a stuck start left of a machine that never ran: its overlay, its hold, and the
     * addresses that were taken for it.
     */
    void tidy(Course course) {
        if (course.state() instanceof RecoveryState.Outage) {
            String id = course.systemId();
            course.operation()
                    .map(operation -> operation.facts().get(Facts.MACHINE))
                    .filter(machine -> !standby.machines().running(id, machine))
                    .filter(machine -> standby.machines().discard(id, machine).isDone())
                    .ifPresent(machine -> standby.pool().release(id, machine));
            readiness.announcer().giveBack(id).problem().ifPresent(why -> notGivenBack(id, why));
        }
    }
}
