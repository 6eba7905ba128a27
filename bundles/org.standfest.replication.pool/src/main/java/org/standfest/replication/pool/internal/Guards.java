package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Hold;
import org.standfest.replication.pool.SystemRules;
import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the standby decided about a system and its points. Immutable.
 *
 * @param pins who keeps a point, by its number
 * @param locks later locks than the one a point was committed with
 * @param suspicions why a point does not count as good
 * @param stops who stopped the removal of points
 */
record Guards(
        SystemRules rules,
        Map<Long, List<Hold>> pins,
        Map<Long, Lock> locks,
        Map<Long, String> suspicions,
        List<Hold> stops) {

    static final Guards NONE =
            new Guards(SystemRules.NONE, Map.of(), Map.of(), Map.of(), List.of());

    Guards {
        pins = Map.copyOf(pins);
        locks = Map.copyOf(locks);
        suspicions = Map.copyOf(suspicions);
        stops = List.copyOf(stops);
    }

    /**
     * A lock.
     *
     * @param until by the clock
     * @param trusted in trusted time; both have to be over
     */
    record Lock(Instant until, Instant trusted) {}

    Guards withRules(SystemRules other) {
        return new Guards(other, pins, locks, suspicions, stops);
    }

    Guards withPins(long number, List<Hold> others) {
        Map<Long, List<Hold>> changed = new HashMap<>(pins);
        changed.put(number, List.copyOf(others));
        changed.values().removeIf(List::isEmpty);
        return new Guards(rules, changed, locks, suspicions, stops);
    }

    Guards withLock(long number, Lock lock) {
        Map<Long, Lock> changed = new HashMap<>(locks);
        changed.put(number, lock);
        return new Guards(rules, pins, changed, suspicions, stops);
    }

    /** With a suspicion, or without when {@code reason} is {@code null}. */
    Guards withSuspicion(long number, String reason) {
        Map<Long, String> changed = new HashMap<>(suspicions);
        if (reason == null) {
            changed.remove(number);
        } else {
            changed.put(number, reason);
        }
        return new Guards(rules, pins, locks, changed, stops);
    }

    Guards withStops(List<Hold> others) {
        return new Guards(rules, pins, locks, suspicions, others);
    }

    /** Without what is said about points that are gone. */
    Guards without(long number) {
        Map<Long, List<Hold>> fewerPins = new HashMap<>(pins);
        Map<Long, Lock> fewerLocks = new HashMap<>(locks);
        Map<Long, String> fewerSuspicions = new HashMap<>(suspicions);
        fewerPins.remove(number);
        fewerLocks.remove(number);
        fewerSuspicions.remove(number);
        return new Guards(rules, fewerPins, fewerLocks, fewerSuspicions, stops);
    }

    static Guards read(PoolFiles files, SystemFiles paths) throws IOException, Refusal {
        if (!files.exists(paths.guards())) {
            return NONE;
        }
        Sheet sheet = Sheet.read(files, paths.guards());
        Versions.check(sheet);
        Map<Long, List<Hold>> pins = new HashMap<>();
        Map<Long, Lock> locks = new HashMap<>();
        Map<Long, String> suspicions = new HashMap<>();
        List<Hold> stops = new ArrayList<>();
        try {
            SystemRules rules =
                    new SystemRules(
                            sheet.get("customer"),
                            sheet.number("quotaBytes"),
                            Duration.ofSeconds(sheet.number("lockForSeconds")));
            for (Map.Entry<String, String> line : new TreeMap<>(sheet.values()).entrySet()) {
                String[] words = line.getKey().split("\\.", 4);
                switch (words[0]) {
                    case "pinSince" ->
                            pins.computeIfAbsent(Long.parseLong(words[1]), _ -> new ArrayList<>())
                                    .add(hold(sheet, line, "pin"));
                    case "stopSince" -> stops.add(hold(sheet, line, "stop"));
                    case "suspicion" -> suspicions.put(Long.parseLong(words[1]), line.getValue());
                    case "lockUntil" -> {
                        Instant trusted = Instant.parse(sheet.get("lockTrusted." + words[1]));
                        locks.put(
                                Long.parseLong(words[1]),
                                new Lock(Instant.parse(line.getValue()), trusted));
                    }
                    default -> {
                        // said by another line, or by a later version
                    }
                }
            }
            return new Guards(rules, pins, locks, suspicions, stops);
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException wrong) {
            throw new Damage("guards with a wrong value", wrong);
        }
    }

    private static Hold hold(Sheet sheet, Map.Entry<String, String> since, String kind)
            throws Damage {
        String name = since.getKey().substring((kind + "Since.").length());
        String holder = kind.equals("pin") ? name.substring(name.indexOf('.') + 1) : name;
        return new Hold(
                holder, sheet.get(kind + "Reason." + name), Instant.parse(since.getValue()));
    }

    /** Durable when it returns. */
    void write(PoolFiles files, SystemFiles paths) throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("format", String.valueOf(DirectoryPool.FORMAT));
        values.put("customer", rules.customer());
        values.put("quotaBytes", String.valueOf(rules.quotaBytes()));
        values.put("lockForSeconds", String.valueOf(rules.lockFor().toSeconds()));
        pins.forEach(
                (number, holds) ->
                        holds.forEach(
                                hold -> {
                                    String name = number + "." + hold.holder();
                                    values.put("pinSince." + name, hold.since().toString());
                                    values.put("pinReason." + name, hold.reason());
                                }));
        locks.forEach(
                (number, lock) -> {
                    values.put("lockUntil." + number, lock.until().toString());
                    values.put("lockTrusted." + number, lock.trusted().toString());
                });
        suspicions.forEach((number, reason) -> values.put("suspicion." + number, reason));
        for (Hold stop : stops) {
            values.put("stopSince." + stop.holder(), stop.since().toString());
            values.put("stopReason." + stop.holder(), stop.reason());
        }
        new Sheet(values).writeTwice(files, paths.guards());
        files.syncDirectory(paths.root());
    }
}
