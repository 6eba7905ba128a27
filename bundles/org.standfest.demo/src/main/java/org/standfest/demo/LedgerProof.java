package org.standfest.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the ledger proves after the journey, from nothing but the users' own notes and the ledger
 * itself.
 *
 * @param acknowledgedBeforePoint entries acknowledged before the recovery point was taken
 * @param keptBeforePoint how many of them are in the ledger at the end: must be all
 * @param acknowledgedInGap entries acknowledged after the recovery point and before the outage
 * @param lostInGap how many of them are gone: what the recovery point actual (RPA) cost
 * @param lost their texts, in order
 * @param acknowledgedInEmergency entries acknowledged in emergency operation
 * @param keptFromEmergency how many of them are in the ledger at the end: must be all
 * @param acknowledgedAtHome entries acknowledged after the return
 * @param keptFromHome how many of them are in the ledger: must be all
 * @param foreign entries in the ledger that nobody wrote: must be none
 * @param doubled entries that stand in the ledger more than once: must be none
 * @param recoveryPointActual from the recovery point to the outage
 */
record LedgerProof(
        int acknowledgedBeforePoint,
        int keptBeforePoint,
        int acknowledgedInGap,
        int lostInGap,
        List<String> lost,
        int acknowledgedInEmergency,
        int keptFromEmergency,
        int acknowledgedAtHome,
        int keptFromHome,
        List<String> foreign,
        int doubled,
        Duration recoveryPointActual) {

    /**
     * Compares.
     *
     * @param written what the users remember
     * @param ledger the entries in the ledger at the end
     * @param pointTakenAt the instant of the recovery point that was started
     * @param outageAt the instant the machine was lost
     */
    static LedgerProof of(
            List<Entry> written, List<String> ledger, Instant pointTakenAt, Instant outageAt) {
        Set<String> present = new HashSet<>(ledger);
        Predicate<Entry> kept = entry -> present.contains(entry.text());
        List<Entry> acknowledged = written.stream().filter(Entry::acknowledged).toList();
        List<Entry> safe = in(acknowledged, Entry.Era.BEFORE, it -> !after(it, pointTakenAt));
        List<Entry> gap = in(acknowledged, Entry.Era.BEFORE, it -> after(it, pointTakenAt));
        List<Entry> emergency = in(acknowledged, Entry.Era.EMERGENCY, _ -> true);
        List<Entry> home = in(acknowledged, Entry.Era.HOME, _ -> true);
        List<String> lost = gap.stream().filter(kept.negate()).map(Entry::text).toList();
        Set<String> known = written.stream().map(Entry::text).collect(Collectors.toSet());
        return new LedgerProof(
                safe.size(),
                count(safe, kept),
                gap.size(),
                lost.size(),
                lost,
                emergency.size(),
                count(emergency, kept),
                home.size(),
                count(home, kept),
                ledger.stream().filter(it -> !known.contains(it)).toList(),
                ledger.size() - present.size(),
                Duration.between(pointTakenAt, outageAt));
    }

    /**
     * Whether everything that Standfest promises was kept. What lies in the gap is told, not
     * judged.
     */
    boolean holds() {
        return acknowledgedBeforePoint > 0
                && keptBeforePoint == acknowledgedBeforePoint
                && acknowledgedInEmergency > 0
                && keptFromEmergency == acknowledgedInEmergency
                && acknowledgedAtHome > 0
                && keptFromHome == acknowledgedAtHome
                && foreign.isEmpty()
                && doubled == 0;
    }

    private static boolean after(Entry entry, Instant instant) {
        return entry.acknowledgedAt().isAfter(instant);
    }

    private static List<Entry> in(List<Entry> all, Entry.Era era, Predicate<Entry> which) {
        return all.stream().filter(it -> it.era() == era).filter(which).toList();
    }

    private static int count(List<Entry> entries, Predicate<Entry> which) {
        return (int) entries.stream().filter(which).count();
    }
}
