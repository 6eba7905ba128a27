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
    private final Named unsettled = new Named();
    private final Named incomplete = new Named();

    /** Files, all counted, the first ones by name. */
    private static final class Named {

        private final LongAdder count = new LongAdder();
        private final Queue<String> first = new ConcurrentLinkedQueue<>();

        void add(String path) {
            count.increment();
            if (count.sum() <= MAX_NAMES) {
                first.add(path);
            }
        }

        void putNames(Map<String, String> facts, String name) {
            if (!first.isEmpty()) {
                facts.put(name, shortened(String.join("\n", first)));
            }
        }
    }

    /** A file that was not the same before and after each attempt to read it. */
    void unsettled(String path) {
        unsettled.add(path);
    }

    /** A file with something beside its content that is too long to travel. */
    void incomplete(String path) {
        incomplete.add(path);
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
        put(facts, FactNames.FILES_UNSETTLED, unsettled.count);
        unsettled.putNames(facts, FactNames.FILES_UNSETTLED_NAMES);
        put(facts, FactNames.FILES_INCOMPLETE, incomplete.count);
        incomplete.putNames(facts, FactNames.FILES_INCOMPLETE_NAMES);
        return facts;
    }

    private static String shortened(String names) {
        return names.length() <= MAX_NAMES_LENGTH ? names : names.substring(0, MAX_NAMES_LENGTH);
    }

    private static void put(Map<String, String> facts, String name, LongAdder count) {
        facts.put(name, Long.toString(count.sum()));
    }
}
