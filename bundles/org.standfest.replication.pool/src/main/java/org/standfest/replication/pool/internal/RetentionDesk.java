package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Hold;
import org.standfest.replication.pool.PointRetention;
import org.standfest.replication.pool.PointStatus;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.PruneReport;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Keeps points, and lets them go. Safe for any thread. */
final class RetentionDesk implements PointRetention {

    private static final int MAX_REASON = 500;
    private static final int MAX_HOLDERS = 64;

    private final Tools tools;
    private final Stores stores;

    /** Finds the systems of the pool. */
    interface Stores {
        SystemStore store(String systemId) throws Refusal;
    }

    RetentionDesk(Tools tools, Stores stores) {
        this.tools = tools;
        this.stores = stores;
    }

    @Override
    public Outcome<List<PointStatus>> points(String systemId) {
        return Words.outcome(
                () -> {
                    SystemStore store = stores.store(systemId);
                    return store.reading(state -> points(store, state));
                });
    }

    private List<PointStatus> points(SystemStore store, SystemState state)
            throws IOException, Refusal {
        DamageList damage = DamageList.read(tools.files(), store.paths());
        Protection protection = new Protection(state, damage, tools);
        SpaceAccount account = store.account(state);
        List<PointStatus> found = new ArrayList<>();
        for (StoredPoint point : state.stored()) {
            long number = point.number();
            SpaceAccount.Bytes bytes =
                    number == state.numbers().getFirst()
                            ? new SpaceAccount.Bytes(account.current(), 0, PointStatus.Form.NATIVE)
                            : account.older(number);
            found.add(
                    new PointStatus(
                            point.point(),
                            bytes.form(),
                            bytes.own(),
                            bytes.shared(),
                            state.guards().pins().getOrDefault(number, List.of()),
                            protection.lockedUntil(point),
                            Optional.ofNullable(state.guards().suspicions().get(number)),
                            protection.damagedBlocks(point),
                            number == protection.lastGood()));
        }
        return found;
    }

    /** Changes what is decided about a system. */
    private interface Change {
        Guards change(SystemState state) throws IOException, Refusal;
    }

    private Outcome<Void> change(String systemId, Change change) {
        return Words.outcome(
                () -> {
                    SystemStore store = stores.store(systemId);
                    synchronized (store) {
                        SystemState state = store.settled();
                        Guards changed = change.change(state);
                        if (!changed.equals(state.guards())) {
                            store.setGuards(changed);
                        }
                    }
                    return null;
                });
    }

    private static void check(String holder, String reason) throws Refusal {
        if (!Names.isHolder(holder) || reason.length() > MAX_REASON) {
            throw Refusal.of("pool.request-wrong", "holder");
        }
    }

    private List<Hold> with(List<Hold> holds, String holder, String reason) throws Refusal {
        List<Hold> changed = new ArrayList<>(holds);
        Optional<Hold> known =
                holds.stream().filter(hold -> hold.holder().equals(holder)).findFirst();
        changed.removeIf(hold -> hold.holder().equals(holder));
        if (changed.size() >= MAX_HOLDERS) {
            throw Refusal.of("pool.request-wrong", "number of holders");
        }
        Instant since = known.map(Hold::since).orElseGet(() -> tools.clock().instant());
        changed.add(new Hold(holder, reason, since));
        return changed;
    }

    private static List<Hold> without(List<Hold> holds, String holder) {
        return holds.stream().filter(hold -> !hold.holder().equals(holder)).toList();
    }

    @Override
    public Outcome<Void> pin(String systemId, long number, String holder, String reason) {
        return change(
                systemId,
                state -> {
                    check(holder, reason);
                    state.point(number);
                    List<Hold> pins = state.guards().pins().getOrDefault(number, List.of());
                    return state.guards().withPins(number, with(pins, holder, reason));
                });
    }

    @Override
    public Outcome<Void> unpin(String systemId, long number, String holder) {
        return change(
                systemId,
                state -> {
                    List<Hold> pins = state.guards().pins().getOrDefault(number, List.of());
                    return state.guards().withPins(number, without(pins, holder));
                });
    }

    @Override
    public Outcome<Instant> lock(String systemId, long number, Instant until) {
        return change(
                        systemId,
                        state -> {
                            StoredPoint point = state.point(number);
                            Instant now = tools.clock().instant();
                            Instant trusted = tools.trusted().now();
                            Optional<Instant> before = protection(systemId).lockedUntil(point);
                            boolean later = before.isEmpty() || before.get().isBefore(until);
                            if (!later || !until.isAfter(now)) {
                                return state.guards();
                            }
                            tools.trusted().keep(true);
                            Instant untilTrusted = trusted.plus(Duration.between(now, until));
                            return state.guards()
                                    .withLock(number, new Guards.Lock(until, untilTrusted));
                        })
                .then(
                        _ ->
                                Words.outcome(
                                        () -> {
                                            StoredPoint point =
                                                    stores.store(systemId).state().point(number);
                                            return protection(systemId)
                                                    .lockedUntil(point)
                                                    .orElse(until);
                                        }));
    }

    private Protection protection(String systemId) throws IOException, Refusal {
        SystemStore store = stores.store(systemId);
        DamageList damage = DamageList.read(tools.files(), store.paths());
        return new Protection(store.state(), damage, tools);
    }

    @Override
    public Outcome<Void> suspect(String systemId, long number, String reason) {
        return change(
                systemId,
                state -> {
                    check("suspicion", reason);
                    state.point(number);
                    return state.guards().withSuspicion(number, reason);
                });
    }

    @Override
    public Outcome<Void> clear(String systemId, long number) {
        return change(systemId, state -> state.guards().withSuspicion(number, null));
    }

    @Override
    public Outcome<Void> stop(String systemId, String holder, String reason) {
        return change(
                systemId,
                state -> {
                    check(holder, reason);
                    List<Hold> stops = state.guards().stops();
                    return state.guards().withStops(with(stops, holder, reason));
                });
    }

    @Override
    public Outcome<Void> resume(String systemId, String holder) {
        return change(
                systemId,
                state -> {
                    List<Hold> stops = state.guards().stops();
                    return state.guards().withStops(without(stops, holder));
                });
    }

    @Override
    public Outcome<Long> remove(String systemId, long number, Progress progress) {
        return Words.outcome(
                () -> {
                    SystemStore store = stores.store(systemId);
                    synchronized (store) {
                        SystemState state = store.settled();
                        Optional<Explanation> why = protection(systemId).why(state.point(number));
                        if (why.isPresent()) {
                            throw new Refusal(why.get());
                        }
                        return removeAll(store, Set.of(number), progress);
                    }
                });
    }

    @Override
    public Outcome<PruneReport> prune(String systemId, Set<Long> keep, Progress progress) {
        return Words.outcome(
                () -> {
                    SystemStore store = stores.store(systemId);
                    synchronized (store) {
                        SystemState state = store.settled();
                        Protection protection = protection(systemId);
                        Map<Long, Explanation> kept = new TreeMap<>();
                        Set<Long> going = new HashSet<>();
                        for (StoredPoint point : state.stored()) {
                            long number = point.number();
                            if (keep.contains(number) || number == state.numbers().getFirst()) {
                                continue;
                            }
                            Optional<Explanation> why = protection.why(point);
                            if (why.isPresent()) {
                                kept.put(number, why.get());
                            } else {
                                going.add(number);
                            }
                        }
                        unreadable(store, state, keep, going, kept);
                        long freed = removeAll(store, going, progress);
                        return new PruneReport(going.stream().sorted().toList(), freed, kept);
                    }
                });
    }

    /** Points whose sheets are lost go with the others, unless a repair can bring them back. */
    private void unreadable(
            SystemStore store,
            SystemState state,
            Set<Long> keep,
            Set<Long> going,
            Map<Long, Explanation> kept)
            throws IOException {
        Set<Long> known = new HashSet<>();
        state.stored().forEach(point -> known.add(point.number()));
        for (long number : state.numbers()) {
            if (known.contains(number) || keep.contains(number)) {
                continue;
            }
            boolean guarded =
                    !state.guards().stops().isEmpty()
                            || state.guards().pins().containsKey(number)
                            || state.guards().locks().containsKey(number);
            try {
                Sheet.read(tools.files(), Sheet.copy(store.paths().point(number)));
                guarded = true;
            } catch (Damage | NoSuchFileException lost) {
                // nobody can tell any more what it was
            }
            if (guarded) {
                kept.put(number, Words.explain("pool.found-sheet", number));
            } else {
                going.add(number);
            }
        }
    }

    /**
     * Removes points run by run, the oldest first: the first gives space that the next may need.
     */
    private long removeAll(SystemStore store, Set<Long> going, Progress progress)
            throws IOException, Refusal {
        long freed = 0;
        List<Long> ascending = store.state().numbers().reversed();
        List<Long> run = new ArrayList<>();
        long older = 0;
        for (long number : ascending) {
            if (going.contains(number)) {
                run.add(number);
                continue;
            }
            if (!run.isEmpty()) {
                freed += new Removal(store, run, older, progress).remove();
                run.clear();
            }
            older = number;
        }
        forget(store, going);
        return freed;
    }

    private void forget(SystemStore store, Set<Long> gone) throws IOException {
        Guards guards = store.state().guards();
        for (long number : gone) {
            guards = guards.without(number);
        }
        if (!guards.equals(store.state().guards())) {
            store.setGuards(guards);
        }
        if (!gone.isEmpty()) {
            Attachments.sweep(tools.files(), store.paths(), store.state());
        }
    }
}
