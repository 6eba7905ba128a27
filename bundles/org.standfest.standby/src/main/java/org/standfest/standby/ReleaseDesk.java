package org.standfest.standby;

import org.standfest.management.Action;
import org.standfest.management.Reason;
import org.standfest.management.ReleaseList;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.ReleaseRequest.State;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.standby.ReleaseBook.Kept;
import org.standfest.standby.ReleaseBook.Order;
import org.standfest.standby.care.JsonFile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets what the settings of a system name be done only when a second person has released it. A
 * request is written down before anybody is told of it, and a release before anything is begun, so
 * that it is never done twice. Safe for any thread.
 */
final class ReleaseDesk {

    private final StandbyServer standby;
    private final JsonFile<ReleaseBook> file;

    ReleaseDesk(StandbyServer standby) {
        this.standby = standby;
        this.file =
                new JsonFile<>(standby.home().folder().resolve("releases.json"), ReleaseBook.class);
    }

    private Outcome<ReleaseBook> book() {
        return file.read(new ReleaseBook(List.of()));
    }

    /** Does what was released in the name of both. */
    interface Doer {

        /** The operation that was begun; an empty text if it is none. */
        Outcome<String> act(Kept request, Asker both);
    }

    /**
     * Writes a request down, unless the same one waits already.
     *
     * @return always refused: nothing is done before it is released
     */
    synchronized <T> Outcome<T> ask(String systemId, Order order, String who) {
        Instant now = standby.now();
        Outcome<ReleaseBook> read = book();
        if (!(read instanceof Outcome.Done<ReleaseBook>(ReleaseBook book))) {
            return read.map(_ -> null);
        }
        Optional<Kept> same = book.waiting(systemId, order, who, now);
        if (same.isPresent()) {
            return Outcome.refused(needed(same.get()));
        }
        if (book.full(now)) {
            return Outcome.refused(StandbyTexts.explain("standby.releases-full", ReleaseBook.MOST));
        }
        Kept request =
                new Kept(
                        "rel-" + standby.newId(), systemId, order, who, now, State.WAITING, "", "");
        return standby.write(who, systemId, "release.asked", details(request))
                .then(_ -> file.write(book.with(request, now)))
                .then(_ -> Outcome.refused(needed(request)));
    }

    private static Explanation needed(Kept request) {
        return StandbyTexts.explain("standby.second-person", request.systemId(), request.id());
    }

    private static Map<String, String> details(Kept request) {
        return Map.of(
                "request",
                request.id(),
                "action",
                request.order().action().map(Action::name).orElse("SETTINGS"),
                "askedBy",
                request.askedBy());
    }

    Outcome<ReleaseList> list(Asker asker) {
        return book().map(
                        book ->
                                new ReleaseList(
                                        book.requests().reversed().stream()
                                                .map(one -> view(one, asker))
                                                .toList()));
    }

    /** Releases a request and does what it asks for. */
    Outcome<ReleaseRequest> give(String id, Asker asker, Doer doer) {
        Outcome<Kept> given = decide(id, asker, State.GIVEN);
        if (!(given instanceof Outcome.Done<Kept>(Kept request))) {
            return given.map(_ -> null);
        }
        String both = request.askedBy() + " + " + asker.who();
        return doer.act(request, new Asker(both, asker.role(), asker.language(), true))
                .then(operation -> keep(request.began(operation)))
                .map(kept -> view(kept, asker));
    }

    Outcome<ReleaseRequest> deny(String id, Asker asker) {
        return decide(id, asker, State.DENIED).map(kept -> view(kept, asker));
    }

    private synchronized Outcome<Kept> decide(String id, Asker asker, State decision) {
        Outcome<ReleaseBook> read = book();
        if (!(read instanceof Outcome.Done<ReleaseBook>(ReleaseBook book))) {
            return read.map(_ -> null);
        }
        Optional<Kept> found = book.request(id);
        if (found.isEmpty() || found.get().state(standby.now()) != State.WAITING) {
            return Outcome.refused(StandbyTexts.explain("standby.no-release", id));
        }
        Kept request = found.get();
        boolean own = request.askedBy().equals(asker.who());
        if (decision == State.GIVEN && own) {
            return Outcome.refused(StandbyTexts.explain("standby.own-release", id));
        }
        if (!own && !asker.role().includes(request.order().needs())) {
            return Outcome.refused(
                    StandbyTexts.explain(
                            "standby.release-role",
                            id,
                            request.order().needs().text(asker.language())));
        }
        if (decision == State.GIVEN) {
            Outcome<Void> other =
                    standby.people().independent(asker.who(), request.askedBy(), request.askedAt());
            if (!other.isDone()) {
                return other.map(_ -> null);
            }
        }
        Kept decided = request.decided(decision, asker.who());
        String what = decision == State.GIVEN ? "release.given" : "release.denied";
        return standby.write(asker.who(), request.systemId(), what, details(request))
                .then(_ -> file.write(book.with(decided, standby.now())))
                .map(_ -> decided);
    }

    private synchronized Outcome<Kept> keep(Kept changed) {
        return book().then(book -> file.write(book.with(changed, standby.now()))).map(_ -> changed);
    }

    private ReleaseRequest view(Kept one, Asker asker) {
        State state = one.state(standby.now());
        boolean began = !one.operationId().isEmpty() || one.order().action().isEmpty();
        Explanation words =
                state == State.GIVEN && !began
                        ? StandbyTexts.explain("standby.released-not-begun", one.systemId())
                        : ReleaseWords.of(
                                one,
                                standby.records().settings(one.systemId()).secondPerson(),
                                asker.language());
        return new ReleaseRequest(
                one.id(),
                one.systemId(),
                one.order().action(),
                one.askedBy(),
                one.askedAt(),
                one.until(),
                state,
                one.decidedBy(),
                one.operationId(),
                one.askedBy().equals(asker.who()),
                Reason.of(words, asker.language()));
    }
}
