package org.standfest.cli;

import org.standfest.command.Invocation;
import org.standfest.management.Action;
import org.standfest.management.OperationStatus;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.StandbyClient;
import org.standfest.results.Outcome;

/** {@code recover releases}, {@code release} and {@code deny}. Stateless. */
final class ReleaseVerbs {

    private ReleaseVerbs() {}

    static int list(Invocation call, StandbyClient client) {
        return Talk.tell(
                call,
                client.ask(new RecoveryCall.Releases()),
                list -> {
                    if (list.requests().isEmpty()) {
                        call.out().println(Talk.text(call, "recover.no-releases"));
                    }
                    list.requests().forEach(one -> show(call, one));
                });
    }

    private static void show(Invocation call, ReleaseRequest one) {
        call.out()
                .printf(
                        "%s  %-28s %s%n",
                        one.id(),
                        one.state().text(call.locale()),
                        Shown.instant(one.askedAt(), call.locale()));
        call.out().println("  " + one.words().happened());
        if (one.state() == ReleaseRequest.State.WAITING) {
            call.out()
                    .println(
                            "  "
                                    + Talk.text(
                                            call,
                                            "recover.release-until",
                                            Shown.instant(one.until(), call.locale())));
        }
        if (!one.decidedBy().isEmpty()) {
            call.out().println("  " + Talk.text(call, "recover.release-by", one.decidedBy()));
        }
    }

    /** Releases, and then follows what was begun, if it is an operation. */
    static int give(Invocation call, StandbyClient client, String id) {
        Outcome<ReleaseRequest> given = client.ask(new RecoveryCall.GiveRelease(id));
        String operation =
                given.result()
                        .filter(one -> one.action().filter(Action.UNBLOCK::equals).isEmpty())
                        .map(ReleaseRequest::operationId)
                        .orElse("");
        if (operation.isEmpty()) {
            return Talk.tell(call, given, one -> show(call, one));
        }
        Outcome<OperationStatus> begun = client.operation(operation);
        return Talk.follow(call, client, begun);
    }

    static int deny(Invocation call, StandbyClient client, String id) {
        return Talk.tell(
                call, client.ask(new RecoveryCall.DenyRelease(id)), one -> show(call, one));
    }
}
