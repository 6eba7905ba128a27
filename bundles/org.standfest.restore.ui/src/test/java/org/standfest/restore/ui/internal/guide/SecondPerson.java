package org.standfest.restore.ui.internal.guide;

import org.standfest.management.Action;
import org.standfest.management.CareCall;
import org.standfest.management.Invitation;
import org.standfest.management.JournalExcerpt;
import org.standfest.management.OperationStatus;
import org.standfest.management.PointInfo;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReleaseList;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.ReturnOrder;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.management.StandbyFacts;
import org.standfest.management.SystemSettings;
import org.standfest.management.SystemStatus;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A standby that starts nothing before a second person has released it. */
final class SecondPerson implements StandbyClient {

    private final StandbyClient behind;
    private final Instant now;
    private String operation = "";

    SecondPerson(StandbyClient behind, Instant now) {
        this.behind = behind;
        this.now = now;
    }

    void release(String operationId) {
        operation = operationId;
    }

    /** A request to start the mail server that the reader made an hour before it ends. */
    static ReleaseRequest request(
            Instant now, ReleaseRequest.State state, String decidedBy, String operationId) {
        return new ReleaseRequest(
                "r-1",
                "mail",
                Optional.of(Action.ACTIVATE),
                "anna",
                now,
                now.plusSeconds(3600),
                state,
                decidedBy,
                operationId,
                true,
                new Reason("r", "It happened.", "It means.", "Do this."));
    }

    @Override
    public Outcome<OperationStatus> begin(String systemId, Action action, List<String> confirmed) {
        return Outcome.refused(
                new Explanation("standby.second-person", List.of(), (_, _, _, _) -> "Not alone."));
    }

    @Override
    public <T> Outcome<T> ask(CareCall<T> call) {
        if (call instanceof RecoveryCall.Releases) {
            ReleaseRequest request =
                    request(
                            now,
                            operation.isEmpty()
                                    ? ReleaseRequest.State.WAITING
                                    : ReleaseRequest.State.GIVEN,
                            "",
                            operation);
            return Outcome.done(call.answer().cast(new ReleaseList(List.of(request))));
        }
        return behind.ask(call);
    }

    @Override
    public Outcome<StandbyFacts> facts() {
        return behind.facts();
    }

    @Override
    public Outcome<List<SystemStatus>> systems() {
        return behind.systems();
    }

    @Override
    public Outcome<SystemStatus> system(String systemId) {
        return behind.system(systemId);
    }

    @Override
    public Outcome<List<PointInfo>> points(String systemId) {
        return behind.points(systemId);
    }

    @Override
    public Outcome<SystemStatus> configure(String systemId, SystemSettings settings) {
        return behind.configure(systemId, settings);
    }

    @Override
    public Outcome<OperationStatus> returnHome(ReturnOrder order) {
        return behind.returnHome(order);
    }

    @Override
    public Outcome<OperationStatus> operation(String operationId) {
        return behind.operation(operationId);
    }

    @Override
    public Outcome<OperationStatus> cancel(String operationId) {
        return behind.cancel(operationId);
    }

    @Override
    public Outcome<JournalExcerpt> journal(String systemId, long after, int limit) {
        return behind.journal(systemId, after, limit);
    }

    @Override
    public Outcome<Invitation> inviteAgent(String name, List<String> systemIds) {
        return behind.inviteAgent(name, systemIds);
    }

    @Override
    public Outcome<Invitation> inviteOperator(String name, Role role) {
        return behind.inviteOperator(name, role);
    }

    @Override
    public Outcome<Void> revoke(String name) {
        return behind.revoke(name);
    }

    @Override
    public Outcome<Void> stop(boolean machinesToo) {
        return behind.stop(machinesToo);
    }

    @Override
    public void close() {
        behind.close();
    }
}
