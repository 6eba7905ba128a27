package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Hold;
import org.standfest.results.Explanation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What protects the points of a system from being removed. Looked at, at one moment. */
final class Protection {

    private final SystemState state;
    private final DamageList damage;
    private final Instant now;
    private final Instant trusted;

    Protection(SystemState state, DamageList damage, Tools tools) {
        this.state = state;
        this.damage = damage;
        this.now = tools.clock().instant();
        this.trusted = tools.trusted().now();
    }

    /** The newest point that nothing is held against; 0 when there is none. */
    long lastGood() {
        for (StoredPoint point : state.stored()) {
            boolean suspect = state.guards().suspicions().containsKey(point.number());
            if (!suspect && damage.count(point.number(), isNewest(point)) == 0) {
                return point.number();
            }
        }
        return 0;
    }

    private boolean isNewest(StoredPoint point) {
        return point.number() == state.numbers().getFirst();
    }

    int damagedBlocks(StoredPoint point) {
        return damage.count(point.number(), isNewest(point));
    }

    /** Until when a point is locked by the clock; empty when it is not. */
    Optional<Instant> lockedUntil(StoredPoint point) throws Damage {
        Instant until = Instant.MIN;
        Instant untilTrusted = Instant.MIN;
        Guards.Lock later = state.guards().locks().get(point.number());
        if (later != null) {
            until = later.until();
            untilTrusted = later.trusted();
        }
        Optional<Instant> own = point.instant(StoredPoint.LOCKED_UNTIL);
        Optional<Instant> ownTrusted = point.instant(StoredPoint.LOCKED_UNTIL_TRUSTED);
        until = own.filter(until::isBefore).orElse(until);
        untilTrusted = ownTrusted.filter(untilTrusted::isBefore).orElse(untilTrusted);
        if (!now.isBefore(until) && !trusted.isBefore(untilTrusted)) {
            return Optional.empty();
        }
        // what is missing in trusted time is missing by the clock, too
        Instant byTrusted =
                trusted.isBefore(untilTrusted)
                        ? now.plus(java.time.Duration.between(trusted, untilTrusted))
                        : now;
        return Optional.of(byTrusted.isAfter(until) ? byTrusted : until);
    }

    /** Why a point must not go; empty when it may. */
    Optional<Explanation> why(StoredPoint point) throws Damage {
        long number = point.number();
        String name = state.name();
        if (isNewest(point)) {
            return Optional.of(Words.explain("pool.point-newest", number, name));
        }
        if (!state.guards().stops().isEmpty()) {
            Hold stop = state.guards().stops().getFirst();
            return Optional.of(
                    Words.explain("pool.retention-stopped", name, stop.since(), stop.reason()));
        }
        Optional<Instant> locked = lockedUntil(point);
        if (locked.isPresent()) {
            return Optional.of(Words.explain("pool.point-locked", number, name, locked.get()));
        }
        List<Hold> pins = state.guards().pins().getOrDefault(number, List.of());
        if (!pins.isEmpty()) {
            return Optional.of(
                    Words.explain(
                            "pool.point-pinned",
                            number,
                            name,
                            pins.getFirst().holder(),
                            pins.getFirst().reason()));
        }
        if (number == lastGood()) {
            return Optional.of(Words.explain("pool.point-last-good", number, name));
        }
        return Optional.empty();
    }
}
