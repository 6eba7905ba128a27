package org.standfest.standby;

import org.standfest.management.Action;
import org.standfest.management.ReleaseRequest.State;
import org.standfest.management.ReturnOrder;
import org.standfest.management.Role;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked for and needs a second person, as it is kept in {@code releases.json}.
 *
 * @param requests the oldest first
 */
record ReleaseBook(List<Kept> requests) {

    /** How long a request waits. */
    static final Duration LIMIT = Duration.ofHours(1);

    private static final Duration REMEMBERED = Duration.ofDays(1);

    /** Most that wait at a time; of the others the oldest are forgotten. */
    static final int MOST = 64;

    ReleaseBook {
        requests = List.copyOf(requests);
    }

    /**
     * One request with everything that is needed to do it later.
     *
     * @param order what was asked for
     * @param decidedBy empty before
     * @param operationId what the release began; empty before, and if there is none
     */
    record Kept(
            String id,
            String systemId,
            Order order,
            String askedBy,
            Instant askedAt,
            State state,
            String decidedBy,
            String operationId) {

        Kept {
            Objects.requireNonNull(id);
            Objects.requireNonNull(systemId);
            Objects.requireNonNull(order);
            Objects.requireNonNull(askedBy);
            Objects.requireNonNull(askedAt);
            Objects.requireNonNull(state);
            Objects.requireNonNull(decidedBy);
            Objects.requireNonNull(operationId);
        }

        Instant until() {
            return askedAt.plus(LIMIT);
        }

        /** Its state at an instant. */
        State state(Instant now) {
            return state == State.WAITING && now.isAfter(until()) ? State.EXPIRED : state;
        }

        Kept decided(State other, String who) {
            return new Kept(id, systemId, order, askedBy, askedAt, other, who, operationId);
        }

        Kept began(String operation) {
            return new Kept(id, systemId, order, askedBy, askedAt, state, decidedBy, operation);
        }
    }

    /**
     * What was asked for: an action, with where to for a return; or to need a second person for
     * less.
     *
     * @param action empty for the latter
     * @param confirmed codes that the person has confirmed
     * @param home of a return
     * @param release what a second person is to release from then on
     */
    record Order(
            Optional<Action> action,
            List<String> confirmed,
            Optional<ReturnOrder> home,
            Optional<Set<Action>> release) {

        Order {
            Objects.requireNonNull(action);
            confirmed = List.copyOf(confirmed);
            Objects.requireNonNull(home);
            Objects.requireNonNull(release);
        }

        static Order of(Action action, List<String> confirmed) {
            return new Order(Optional.of(action), confirmed, Optional.empty(), Optional.empty());
        }

        static Order of(ReturnOrder home) {
            return new Order(
                    Optional.of(Action.RETURN), List.of(), Optional.of(home), Optional.empty());
        }

        static Order of(Set<Action> release) {
            return new Order(Optional.empty(), List.of(), Optional.empty(), Optional.of(release));
        }

        /** What who asks and who releases must be allowed. */
        Role needs() {
            return action.isPresent() ? Role.ACTIVATE : Role.ADMINISTRATE;
        }
    }

    Optional<Kept> request(String id) {
        return requests.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** The request for the same that still waits. */
    Optional<Kept> waiting(String systemId, Order order, String who, Instant now) {
        return requests.stream()
                .filter(one -> one.state(now) == State.WAITING)
                .filter(one -> one.systemId().equals(systemId) && one.askedBy().equals(who))
                .filter(one -> one.order().equals(order))
                .findFirst();
    }

    /** Whether no further request can wait. */
    boolean full(Instant now) {
        return requests.stream().filter(one -> one.state(now) == State.WAITING).count() >= MOST;
    }

    /**
     * With a request in place of the one with its id, and without what is long over. What waits is
     * never pushed out by what was asked later.
     */
    ReleaseBook with(Kept changed, Instant now) {
        List<Kept> all =
                new ArrayList<>(
                        requests.stream()
                                .filter(one -> !one.id().equals(changed.id()))
                                .filter(one -> now.isBefore(one.askedAt().plus(REMEMBERED)))
                                .toList());
        while (all.size() >= MOST) {
            Optional<Kept> over =
                    all.stream().filter(one -> one.state(now) != State.WAITING).findFirst();
            if (over.isEmpty()) {
                break;
            }
            all.remove(over.get());
        }
        all.add(changed);
        return new ReleaseBook(all);
    }
}
