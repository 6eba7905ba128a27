package org.standfest.standby.care;

import org.standfest.management.Alarm;
import org.standfest.results.Finding;
import org.standfest.results.Severity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the agents' comparisons of source and pool say, whoever asked for them: remembers when both
 * were last proved identical, and raises an alarm for a difference as soon as it is told of. The
 * same difference alarms once; more of them, or a difference in a later round, alarm again. Safe
 * for any thread.
 */
final class Proofs {

    private final CareBooks books;
    private final AlarmBook alarms;

    Proofs(CareBooks books, AlarmBook alarms) {
        this.books = books;
        this.alarms = alarms;
    }

    /**
     * Takes the facts that an agent reports of a system.
     *
     * @param name of the system, for people
     * @return the difference, if there is one
     */
    synchronized Optional<Finding> told(String systemId, String name, Map<String, String> facts) {
        CareRecord record = books.get(systemId);
        if (facts.containsKey("provedAtMillis")) {
            Instant at = Instant.ofEpochMilli(Sessions.number(facts, "provedAtMillis"));
            if (record.provedAt().filter(known -> !known.isBefore(at)).isEmpty()) {
                books.change(systemId, old -> old.proved(at));
            }
        }
        if (!facts.containsKey("differingBlocks")) {
            return Optional.empty();
        }
        long differing = Sessions.number(facts, "differingBlocks");
        Finding finding =
                new Finding(
                        Severity.ERROR,
                        systemId,
                        name,
                        CareTexts.explain("care.different", name, differing, where(facts)));
        if (differing > record.differing()) {
            alarms.raise(Alarm.Kind.DIFFERENT, finding);
        }
        if (differing != record.differing()) {
            books.change(systemId, old -> old.differing(differing));
        }
        return differing > 0 ? Optional.of(finding) : Optional.empty();
    }

    private static String where(Map<String, String> facts) {
        List<String> places = List.of(facts.getOrDefault("differing", "?").split(" "));
        return String.join(", ", places.subList(0, Math.min(5, places.size())))
                + (places.size() > 5 ? " ..." : "");
    }
}
