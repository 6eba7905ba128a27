package org.standfest.management;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A long work, as it is at this moment.
 *
 * @param id stable id; asking again with it gives a newer status
 * @param kind what is done
 * @param systemId the system it is about; empty for several
 * @param who who asked for it
 * @param state how far it is
 * @param startedAt when it began
 * @param finishedAt when it ended; empty while it runs
 * @param doneBytes bytes done; -1 where bytes are not the measure
 * @param totalBytes bytes to be done; -1 if unknown
 * @param remainingMillis forecast of the time until its end, milliseconds; empty if unknown
 * @param reason why it was refused or failed
 * @param findings what it found; empty is good
 * @param facts figures of the result, for example {@code provedAt} or {@code folder}
 */
public record TaskStatus(
        String id,
        TaskKind kind,
        String systemId,
        String who,
        OperationState state,
        Instant startedAt,
        Optional<Instant> finishedAt,
        long doneBytes,
        long totalBytes,
        Optional<Long> remainingMillis,
        Optional<Reason> reason,
        List<FindingInfo> findings,
        Map<String, String> facts) {

    /** Checks that nothing is missing. */
    public TaskStatus {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(who);
        Objects.requireNonNull(state);
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(finishedAt);
        Objects.requireNonNull(remainingMillis);
        Objects.requireNonNull(reason);
        findings = List.copyOf(findings);
        // Sorted: what is written from it always looks the same.
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }
}
