package org.standfest.replication.engine;

import org.standfest.replication.protocol.FactNames;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a session counts over all its connections. Safe for any thread. */
final class SessionCounts {

    final LongAdder blocksExamined = new LongAdder();
    final LongAdder blocksChanged = new LongAdder();
    final LongAdder blocksSent = new LongAdder();
    final LongAdder bytesChanged = new LongAdder();
    final LongAdder bytesOnWire = new LongAdder();
    final LongAdder entriesChanged = new LongAdder();
    final LongAdder filesUnsettled = new LongAdder();

    Map<String, String> facts() {
        Map<String, String> facts = new HashMap<>();
        put(facts, FactNames.BLOCKS_EXAMINED, blocksExamined);
        put(facts, FactNames.BLOCKS_CHANGED, blocksChanged);
        put(facts, FactNames.BLOCKS_SENT, blocksSent);
        put(facts, FactNames.BYTES_CHANGED, bytesChanged);
        put(facts, FactNames.BYTES_ON_WIRE, bytesOnWire);
        put(facts, FactNames.ENTRIES_CHANGED, entriesChanged);
        put(facts, FactNames.FILES_UNSETTLED, filesUnsettled);
        return facts;
    }

    private static void put(Map<String, String> facts, String name, LongAdder count) {
        facts.put(name, Long.toString(count.sum()));
    }
}
