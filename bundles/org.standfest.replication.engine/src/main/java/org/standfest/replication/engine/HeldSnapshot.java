package org.standfest.replication.engine;

import org.standfest.replication.source.Consistency;
import org.standfest.replication.source.ForwardingSnapshot;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SourceFacts;

import java.util.Map;
import java.util.TreeMap;

/**
 * A snapshot that was taken while applications were held still, with what holding them has to say.
 *
 * @param taken the snapshot
 * @param applications whether applications were held; if so, and nothing can change below the
 *     views, the state is consistent for them, also over several providers
 * @param more facts of holding, and of the consistency group if there is one
 */
public record HeldSnapshot(Snapshot taken, boolean applications, Map<String, String> more)
        implements ForwardingSnapshot {

    /** Copies. */
    public HeldSnapshot {
        more = Map.copyOf(more);
    }

    @Override
    public Consistency consistency() {
        return applications && taken.frozen() ? Consistency.APPLICATION : taken.consistency();
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>(taken.facts());
        facts.putAll(more);
        facts.put(SourceFacts.CONSISTENCY, consistency().name());
        return facts;
    }
}
