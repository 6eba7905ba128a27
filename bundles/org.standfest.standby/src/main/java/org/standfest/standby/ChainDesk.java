package org.standfest.standby;

import org.standfest.management.Action;
import org.standfest.management.ChainView;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.recovery.Course;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.Possibilities;
import org.standfest.recovery.Told;
import org.standfest.recovery.chain.Chain;
import org.standfest.recovery.chain.ChainMember;
import org.standfest.recovery.chain.ChainRunner;
import org.standfest.recovery.chain.FileChainStore;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Several systems started in one go. Safe for any thread. */
final class ChainDesk {

    private static final Duration CLEAR_LIMIT = Duration.ofSeconds(3);

    private final StandbyServer standby;
    private final ChainRunner runner;

    ChainDesk(StandbyServer standby) {
        this.standby = standby;
        this.runner =
                new ChainRunner(
                        new FileChainStore(standby.home().folder().resolve("chain.json")),
                        (who, systemId, what, details) ->
                                standby.journal().append(who, systemId, what, details),
                        id -> standby.desk().course(id),
                        this::start);
    }

    /** Reads what was interrupted; what cannot be read is written down and not guessed at. */
    void open() {
        runner.open()
                .problem()
                .ifPresent(
                        why ->
                                standby.note(
                                        "standby",
                                        "",
                                        "chain.unreadable",
                                        Map.of("why", why.happened(Locale.ENGLISH))));
    }

    void advance() {
        runner.advance();
    }

    ChainView show(Locale language) {
        return runner.chain()
                .map(chain -> view(chain, language))
                .orElseGet(() -> new ChainView("", "", Instant.EPOCH, 1, true, List.of()));
    }

    Outcome<ChainView> begin(RecoveryCall.StartChain call, String who, Locale language) {
        Optional<String> alone =
                call.members().stream()
                        .map(ChainView.Member::systemId)
                        .filter(this::needsSecondPerson)
                        .findFirst();
        if (alone.isPresent()) {
            return Outcome.refused(
                    StandbyTexts.explain("standby.chain-second-person", alone.get()));
        }
        List<ChainMember> members =
                call.members().stream()
                        .map(
                                one ->
                                        ChainMember.waiting(
                                                one.systemId(), one.priority(), one.after()))
                        .toList();
        return runner.begin(
                        new Chain(
                                "chain-" + standby.newId(),
                                who,
                                standby.now(),
                                call.atOnce(),
                                false,
                                call.confirmed(),
                                members))
                .map(chain -> view(chain, language));
    }

    private boolean needsSecondPerson(String systemId) {
        return standby.records().settings(systemId).secondPerson().contains(Action.ACTIVATE);
    }

    Outcome<ChainView> stop(String who, Locale language) {
        return runner.stop(who).map(chain -> view(chain, language));
    }

    private Outcome<Operation> start(String systemId, String who, List<String> confirmed) {
        Outcome<Course> found = standby.desk().course(systemId);
        Optional<Explanation> whyNot =
                found.result()
                        .flatMap(
                                course ->
                                        Possibilities.whyNot(
                                                Action.ACTIVATE,
                                                course,
                                                standby.desk().circumstances(systemId)));
        if (whyNot.isPresent()) {
            return Outcome.refused(whyNot.get());
        }
        if (needsSecondPerson(systemId)) {
            return Outcome.refused(StandbyTexts.explain("standby.chain-second-person", systemId));
        }
        try {
            standby.replications().clear(systemId, CLEAR_LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Outcome.failed(StandbyTexts.explain("standby.interrupted"));
        }
        return found.then(
                _ ->
                        standby.engine()
                                .begin(systemId, PlanKind.ACTIVATION, who, Map.of(), confirmed));
    }

    private static ChainView view(Chain chain, Locale language) {
        return new ChainView(
                chain.id(),
                chain.who(),
                chain.begunAt(),
                chain.atOnce(),
                chain.ended(),
                chain.members().stream()
                        .map(
                                one ->
                                        new ChainView.Member(
                                                one.systemId(),
                                                one.priority(),
                                                one.after(),
                                                one.state().name(),
                                                one.operationId(),
                                                one.why()
                                                        .map(Told::explanation)
                                                        .map(why -> Reason.of(why, language))))
                        .toList());
    }
}
