package org.standfest.recovery.chain;

import org.standfest.recovery.Told;
import org.standfest.recovery.chain.ChainMember.State;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Several systems that are started on the standby in one go: a database before its application, the
 * important ones first, never more at once than the hardware bears. Immutable.
 *
 * @param id unique
 * @param who who asked for it
 * @param begunAt when
 * @param atOnce at most so many starts at a time, 1 to 64
 * @param stopped whether a person said that no further one shall be started
 * @param confirmed codes of explanations that the person confirmed, for every member
 * @param members the systems, each once, 1 to 256
 */
public record Chain(
        String id,
        String who,
        Instant begunAt,
        int atOnce,
        boolean stopped,
        List<String> confirmed,
        List<ChainMember> members) {

    static final Catalog TEXTS = Catalog.beside(Chain.class);

    /** Checks that nothing is missing. */
    public Chain {
        Objects.requireNonNull(id);
        Objects.requireNonNull(who);
        Objects.requireNonNull(begunAt);
        confirmed = List.copyOf(confirmed);
        members = List.copyOf(members);
    }

    /** Refused if it names a system twice, one that it does not have, or runs in a circle. */
    public Outcome<Chain> checked() {
        Map<String, ChainMember> byId = new HashMap<>();
        for (ChainMember member : members) {
            if (byId.put(member.systemId(), member) != null) {
                return Outcome.refused(TEXTS.explain("chain.twice", member.systemId()));
            }
        }
        boolean inRange =
                !members.isEmpty()
                        && members.size() <= 256
                        && atOnce >= 1
                        && atOnce <= 64
                        && members.stream()
                                .allMatch(one -> one.priority() >= 1 && one.priority() <= 9);
        if (!inRange) {
            return Outcome.refused(TEXTS.explain("chain.range"));
        }
        for (ChainMember member : members) {
            for (String before : member.after()) {
                if (!byId.containsKey(before)) {
                    return Outcome.refused(
                            TEXTS.explain("chain.unknown", member.systemId(), before));
                }
            }
        }
        return circle(byId)
                .<Outcome<Chain>>map(id -> Outcome.refused(TEXTS.explain("chain.circle", id)))
                .orElseGet(() -> Outcome.done(this));
    }

    /** A system that waits for itself; found by taking away whoever waits for nobody. */
    private static Optional<String> circle(Map<String, ChainMember> byId) {
        Map<String, Set<String>> waits = new HashMap<>();
        byId.forEach((id, member) -> waits.put(id, new HashSet<>(member.after())));
        boolean shrunk = true;
        while (shrunk) {
            List<String> free =
                    waits.entrySet().stream()
                            .filter(one -> one.getValue().isEmpty())
                            .map(Map.Entry::getKey)
                            .toList();
            free.forEach(waits::remove);
            waits.values().forEach(left -> free.forEach(left::remove));
            shrunk = !free.isEmpty();
        }
        return waits.keySet().stream().sorted().findFirst();
    }

    /** Whether nothing happens any more. */
    public boolean ended() {
        return members.stream().allMatch(member -> member.state().ended());
    }

    /**
     * The members that may be started now, most important first: all before them serve, and not
     * more start at once than may.
     */
    public List<ChainMember> next() {
        long starting = members.stream().filter(member -> member.state() == State.STARTING).count();
        if (stopped || starting >= atOnce) {
            return List.of();
        }
        Set<String> serve = in(Set.of(State.SERVES));
        return members.stream()
                .filter(member -> member.state() == State.WAITING)
                .filter(member -> serve.containsAll(member.after()))
                .sorted(
                        Comparator.comparingInt(ChainMember::priority)
                                .thenComparing(ChainMember::systemId))
                .limit(atOnce - starting)
                .toList();
    }

    /** The same with everybody left out who waits for one that will never serve. */
    public Chain settled() {
        Chain now = this;
        boolean changed = true;
        while (changed) {
            changed = false;
            Set<String> never = now.in(Set.of(State.FAILED, State.LEFT_OUT));
            for (ChainMember member : now.members) {
                boolean waits = member.state() == State.WAITING;
                Optional<String> because =
                        member.after().stream().filter(never::contains).findFirst();
                if (waits && (stopped || because.isPresent())) {
                    now =
                            now.with(
                                    member.in(
                                            State.LEFT_OUT,
                                            Optional.empty(),
                                            Optional.of(
                                                    Told.of(
                                                            because.map(
                                                                            id ->
                                                                                    TEXTS.explain(
                                                                                            "chain.left-out",
                                                                                            member
                                                                                                    .systemId(),
                                                                                            id))
                                                                    .orElseGet(
                                                                            () ->
                                                                                    TEXTS.explain(
                                                                                            "chain.stopped",
                                                                                            member
                                                                                                    .systemId()))))));
                    changed = true;
                }
            }
        }
        return now;
    }

    private Set<String> in(Set<State> states) {
        Set<String> ids = new HashSet<>();
        members.stream()
                .filter(member -> states.contains(member.state()))
                .forEach(member -> ids.add(member.systemId()));
        return ids;
    }

    /** The same with one member changed. */
    Chain with(ChainMember changed) {
        List<ChainMember> all = new ArrayList<>(members);
        all.replaceAll(one -> one.systemId().equals(changed.systemId()) ? changed : one);
        return new Chain(id, who, begunAt, atOnce, stopped, confirmed, all);
    }

    Chain stop() {
        return new Chain(id, who, begunAt, atOnce, true, confirmed, members);
    }
}
