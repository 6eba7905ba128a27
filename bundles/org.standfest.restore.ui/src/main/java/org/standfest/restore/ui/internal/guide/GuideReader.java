package org.standfest.restore.ui.internal.guide;

import org.standfest.management.BootProof;
import org.standfest.management.BootProofList;
import org.standfest.management.Contact;
import org.standfest.management.ContactList;
import org.standfest.management.OperationStatus;
import org.standfest.management.PlanView;
import org.standfest.management.ProofPicture;
import org.standfest.management.ReadinessView;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReleaseList;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.ReturnForecast;
import org.standfest.management.StandbyClient;
import org.standfest.management.StandbyFacts;
import org.standfest.management.SystemStatus;
import org.standfest.management.WindowView;
import org.standfest.management.guide.GuideStep;
import org.standfest.results.Outcome;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks the standby what a page needs. Blocks; stateless. */
public final class GuideReader {

    private static final Set<GuideStep> LOOK_AT_READINESS =
            EnumSet.of(GuideStep.RESTORE_COPY, GuideStep.REHEARSAL_START, GuideStep.SWITCH_START);

    private GuideReader() {}

    /** What the standby tells for this page. */
    public static Outcome<GuideFacts> read(StandbyClient standby, GuideState state) {
        String id = state.systemId();
        Outcome<StandbyFacts> facts = standby.facts();
        Outcome<SystemStatus> system = facts.then(_ -> standby.system(id));
        Outcome<PlanView> plan =
                system.then(_ -> standby.ask(new RecoveryCall.ShowPlan(id, state.kind().action())));
        return plan.map(
                shown -> {
                    Optional<BootProof> proof =
                            standby.ask(new RecoveryCall.BootProofs(id)).result().stream()
                                    .map(BootProofList::proofs)
                                    .flatMap(List::stream)
                                    .findFirst();
                    return new GuideFacts(
                            facts.orThrow(),
                            system.orThrow(),
                            shown,
                            readiness(standby, state),
                            operation(standby, state),
                            proof,
                            picture(standby, state, proof),
                            contacts(standby),
                            forecast(standby, state),
                            window(standby, state),
                            release(standby, state));
                });
    }

    private static Optional<ReadinessView> readiness(StandbyClient standby, GuideState state) {
        return LOOK_AT_READINESS.contains(state.step())
                ? standby.ask(new RecoveryCall.CheckReady(state.systemId())).result()
                : Optional.empty();
    }

    private static Optional<ReturnForecast> forecast(StandbyClient standby, GuideState state) {
        return state.step() == GuideStep.RETURN_WINDOW
                ? standby.ask(new RecoveryCall.ForecastReturn(state.systemId(), state.agentId()))
                        .result()
                : Optional.empty();
    }

    private static Optional<WindowView> window(StandbyClient standby, GuideState state) {
        return state.step() == GuideStep.RETURN_WORK
                ? standby.ask(new RecoveryCall.ShowWindow(state.systemId())).result()
                : Optional.empty();
    }

    /** The newest of this person's requests for what the guide leads to. */
    private static Optional<ReleaseRequest> release(StandbyClient standby, GuideState state) {
        return state.asked()
                ? standby.ask(new RecoveryCall.Releases()).result().stream()
                        .map(ReleaseList::requests)
                        .flatMap(List::stream)
                        .filter(ReleaseRequest::mine)
                        .filter(one -> one.systemId().equals(state.systemId()))
                        .filter(
                                one ->
                                        one.action()
                                                .filter(state.kind().action()::equals)
                                                .isPresent())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<OperationStatus> operation(StandbyClient standby, GuideState state) {
        return state.operationId().flatMap(id -> standby.operation(id).result());
    }

    private static String picture(
            StandbyClient standby, GuideState state, Optional<BootProof> proof) {
        boolean wanted = state.step() == GuideStep.REHEARSAL_END;
        return proof.filter(it -> wanted && it.picture())
                .flatMap(
                        it ->
                                standby.ask(new RecoveryCall.ShowProof(state.systemId(), it.id()))
                                        .result())
                .map(ProofPicture::png)
                .orElse("");
    }

    private static List<Contact> contacts(StandbyClient standby) {
        return standby.ask(new RecoveryCall.Contacts())
                .result()
                .map(ContactList::contacts)
                .orElse(List.of());
    }
}
