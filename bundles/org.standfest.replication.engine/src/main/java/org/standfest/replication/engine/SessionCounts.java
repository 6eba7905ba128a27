package org.standfest.replication.engine;

import org.standfest.replication.protocol.FactNames;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What a session counts over all its connections. Safe for any thread. */
final class SessionCounts {

    private static final int MAX_NAMES = 20;

    /** In UTF-8 at most four times as many bytes: the limit of a fact. */
    private static final int MAX_NAMES_LENGTH = 1_000;

    final LongAdder blocksExamined = new LongAdder();
    final LongAdder blocksChanged = new LongAdder();
    final LongAdder blocksSent = new LongAdder();
    final LongAdder blocksPatched = new LongAdder();
    final LongAdder bytesChanged = new LongAdder();
    final LongAdder bytesOnWire = new LongAdder();
    final LongAdder entriesChanged = new LongAdder();
    final LongAdder filesUnsettled = new LongAdder();
    private final Queue<String> unsettled = new ConcurrentLinkedQueue<>();

    /** A file that was not the same before and after each attempt to read it. */
    void unsettled(String path) {
        filesUnsettled.increment();
        if (filesUnsettled.sum() <= MAX_NAMES) {
            unsettled.add(path);
        }
    }

    Map<String, String> facts() {
        Map<String, String> facts = new HashMap<>();
        put(facts, FactNames.BLOCKS_EXAMINED, blocksExamined);
        put(facts, FactNames.BLOCKS_CHANGED, blocksChanged);
        put(facts, FactNames.BLOCKS_SENT, blocksSent);
        put(facts, FactNames.BLOCKS_PATCHED, blocksPatched);
        put(facts, FactNames.BYTES_CHANGED, bytesChanged);
        put(facts, FactNames.BYTES_ON_WIRE, bytesOnWire);
        put(facts, FactNames.ENTRIES_CHANGED, entriesChanged);
        put(facts, FactNames.FILES_UNSETTLED, filesUnsettled);
        if (!unsettled.isEmpty()) {
            facts.put(FactNames.FILES_UNSETTLED_NAMES, shortened(String.join("\n", unsettled)));
        }
        return facts;
    }

    private static String shortened(String names) {
        return names.length() <= MAX_NAMES_LENGTH ? names : names.substring(0, MAX_NAMES_LENGTH);
    }

    private static void put(Map<String, String> facts, String name, LongAdder count) {
        facts.put(name, Long.toString(count.sum()));
    }
}
