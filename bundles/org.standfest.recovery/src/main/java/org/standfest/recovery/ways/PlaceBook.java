package org.standfest.recovery.ways;

import org.standfest.management.ReplacementModel;
import org.standfest.recovery.Course;
import org.standfest.recovery.RecoveryState;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who has a place on a standby that replaces only so many systems at once. A claim is written down
 * before anything else is done, and ends by itself when its system is back in normal operation or
 * in an outage with nothing under way: so a crash loses none and leaves none behind. Safe for any
 * thread.
 */
public final class PlaceBook {

    /** Where claims are kept; guarded by the book. */
    public interface Store {

        /** The claims; none if nothing was ever written. */
        Outcome<Set<String>> load();

        /** Replaces them, durably. */
        Outcome<Void> save(Set<String> systems);
    }

    private final Store store;
    private final Surroundings around;

    /** With the claims that a store has. */
    public PlaceBook(Store store, Surroundings around) {
        this.store = Objects.requireNonNull(store);
        this.around = Objects.requireNonNull(around);
    }

    /** Who has a place now. */
    public synchronized Outcome<Set<String>> taken() {
        return store.load().map(this::living);
    }

    private Set<String> living(Set<String> claims) {
        Map<String, Course> courses = around.courses();
        Set<String> living = new TreeSet<>(claims);
        living.removeIf(id -> !courses.containsKey(id) || over(courses.get(id)));
        // Served since before there was a book, or before places were limited.
        courses.forEach(
                (id, course) -> {
                    if (away(course)) {
                        living.add(id);
                    }
                });
        return living;
    }

    private static boolean over(Course course) {
        return !course.busy()
                && (course.state() instanceof RecoveryState.NormalOperation
                        || course.state() instanceof RecoveryState.Outage);
    }

    private static boolean away(Course course) {
        return switch (course.state()) {
            case RecoveryState.EmergencyOperation _,
                    RecoveryState.Restoration _,
                    RecoveryState.Return _ ->
                    true;
            case RecoveryState.Blocked blocked -> blocked.machineId().isPresent();
            case RecoveryState.NormalOperation _,
                    RecoveryState.Outage _,
                    RecoveryState.Restart _,
                    RecoveryState.Switching _,
                    RecoveryState.Rehearsal _ ->
                    false;
        };
    }

    /**
     * Why a system cannot have a place now; empty if it can, or has one.
     *
     * @param confirmed whether a person has said that it goes before more important ones
     */
    public synchronized Outcome<Optional<Explanation>> whyNot(String systemId, boolean confirmed) {
        return taken().then(taken -> whyNot(systemId, confirmed, taken));
    }

    private Outcome<Optional<Explanation>> whyNot(
            String systemId, boolean confirmed, Set<String> taken) {
        return around.model().map(model -> whyNot(systemId, confirmed, taken, model));
    }

    private Optional<Explanation> whyNot(
            String systemId, boolean confirmed, Set<String> taken, ReplacementModel model) {
        if (model.places() == 0 || taken.contains(systemId)) {
            return Optional.empty();
        }
        int free = model.places() - taken.size();
        if (free <= 0) {
            return Optional.of(
                    WayTexts.explain(
                            "way.no-place", systemId, model.places(), String.join(", ", taken)));
        }
        List<String> before = before(systemId, taken, model);
        return free > before.size() || confirmed
                ? Optional.empty()
                : Optional.of(
                        WayTexts.explain("way.after-others", systemId, String.join(", ", before)));
    }

    /** Systems that have failed too and are more important, the most important one first. */
    private List<String> before(String systemId, Set<String> taken, ReplacementModel model) {
        int own = model.of(systemId).priority();
        return around.courses().entrySet().stream()
                .filter(one -> one.getValue().state() instanceof RecoveryState.Outage)
                .map(Map.Entry::getKey)
                .filter(id -> !id.equals(systemId) && !taken.contains(id))
                .filter(id -> model.of(id).priority() < own)
                .sorted(Comparator.comparing((String id) -> model.of(id).priority()))
                .toList();
    }

    /** Takes a place; done also if the system has one. */
    public synchronized Outcome<Void> take(String systemId, boolean confirmed) {
        return taken().then(
                        taken ->
                                whyNot(systemId, confirmed, taken)
                                        .then(why -> take(systemId, why, taken)));
    }

    private Outcome<Void> take(String systemId, Optional<Explanation> why, Set<String> taken) {
        if (why.isPresent()) {
            return Outcome.refused(why.get());
        }
        taken.add(systemId);
        return store.save(taken);
    }

    /** Gives a place back; done also if the system has none. */
    public synchronized Outcome<Void> giveBack(String systemId) {
        return store.load()
                .then(
                        claims -> {
                            Set<String> others = new TreeSet<>(claims);
                            return others.remove(systemId) ? store.save(others) : Outcome.done();
                        });
    }
}
