package org.standfest.restore.ui.internal.overview;

import org.standfest.management.Action;
import org.standfest.management.OperationStatus;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReleaseList;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.StandbyClient;
import org.standfest.management.StandbyFacts;
import org.standfest.management.SystemStatus;
import org.standfest.restore.ui.internal.access.StandbyAccess;
import org.standfest.restore.ui.internal.access.StandbyAddress;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks at the standby when asked to and keeps the connection between two looks. Every method may
 * block for as long as the connection's time limits say, so never call from the user interface
 * thread. Safe for any thread; one call after the other.
 */
public final class StandbyWatch {

    private final StandbyAccess access;
    private final InstantSource clock;
    private StandbyClient client;
    private Glance.Seen last;

    /**
     * @param access the way to the standby
     * @param clock this program's clock
     */
    public StandbyWatch(StandbyAccess access, InstantSource clock) {
        this.access = Objects.requireNonNull(access);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Looks once. */
    public synchronized Glance look() {
        Optional<StandbyAddress> at = access.enrolledAt();
        if (at.isEmpty()) {
            disconnect();
            return new Glance.NotEnrolled();
        }
        Outcome<Glance.Seen> seen = with(standby -> seen(at.get(), standby));
        return switch (seen) {
            case Outcome.Done<Glance.Seen>(Glance.Seen now) -> last = now;
            case Outcome.Refused<Glance.Seen>(Explanation why) -> lost(at.get(), why);
            case Outcome.Failed<Glance.Seen>(Explanation why, Throwable _) -> lost(at.get(), why);
        };
    }

    /** Asks for an action on a system. */
    public synchronized Outcome<OperationStatus> begin(String systemId, Action action) {
        return with(standby -> standby.begin(systemId, action));
    }

    /** Asks an operation to stop and take back what it did. */
    public synchronized Outcome<OperationStatus> cancel(String operationId) {
        return with(standby -> standby.cancel(operationId));
    }

    /** Asks the standby anything. */
    public synchronized <T> Outcome<T> ask(Function<StandbyClient, Outcome<T>> question) {
        return with(question);
    }

    private Glance.Lost lost(StandbyAddress at, Explanation why) {
        disconnect();
        return new Glance.Lost(at, why, Optional.ofNullable(last));
    }

    private Outcome<Glance.Seen> seen(StandbyAddress at, StandbyClient standby) {
        Outcome<StandbyFacts> facts = standby.facts();
        Outcome<List<SystemStatus>> systems = facts.then(_ -> standby.systems());
        return systems.map(
                list ->
                        new Glance.Seen(
                                at,
                                facts.orThrow(),
                                list,
                                operations(standby, list),
                                releases(standby),
                                clock.instant()));
    }

    private static Map<String, OperationStatus> operations(
            StandbyClient standby, List<SystemStatus> systems) {
        Map<String, OperationStatus> operations = new HashMap<>();
        for (SystemStatus system : systems) {
            system.operationId()
                    .flatMap(id -> standby.operation(id).result())
                    .ifPresent(operation -> operations.put(system.id(), operation));
        }
        return operations;
    }

    private static List<ReleaseRequest> releases(StandbyClient standby) {
        return standby.ask(new RecoveryCall.Releases()).result().stream()
                .map(ReleaseList::requests)
                .flatMap(List::stream)
                .filter(request -> request.state() == ReleaseRequest.State.WAITING)
                .toList();
    }

    private <T> Outcome<T> with(Function<StandbyClient, Outcome<T>> question) {
        if (client == null) {
            Outcome<StandbyClient> opened = access.open();
            if (!opened.isDone()) {
                return opened.then(_ -> Outcome.failed(opened.problem().orElseThrow()));
            }
            client = opened.orThrow();
        }
        return question.apply(client);
    }

    private void disconnect() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    /** Ends the connection; a later look opens a new one. */
    public synchronized void disconnected() {
        disconnect();
    }
}
