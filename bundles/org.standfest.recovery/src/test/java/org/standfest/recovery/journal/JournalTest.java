package org.standfest.recovery.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

class JournalTest {

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T05:00:00Z"));

    @TempDir Path folder;
    private Path file;
    private Journal journal;

    @BeforeEach
    void threeEntries() throws IOException {
        file = folder.resolve("deeper/journal.jsonl");
        journal = Journal.open(file, clock).orThrow();
        journal.append("anna", "ledger", "operation.begun", Map.of("b", "2", "a", "1"));
        journal.append("standby", "ledger", "step.done", Map.of("text", "Größe \"1\"\n<x>"));
        journal.append("bert", "mail", "operation.cancel", Map.of());
    }

    @Test
    void aChainThatNobodyTouchedIsWhole() throws IOException {
        assertTrue(journal.verify().isEmpty());
        assertEquals(3, journal.size());
        Journal again = Journal.open(file, clock).orThrow();
        assertEquals(journal.lastHash(), again.lastHash());
        again.append("anna", "", "more", Map.of());
        assertTrue(again.verify().isEmpty());
        assertEquals(4, again.size());
    }

    @Test
    void everyChangedRemovedOrMovedLineIsSeen() throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<List<String>> forgeries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            List<String> changed = new ArrayList<>(lines);
            changed.set(i, changed.get(i).replaceFirst("ledger|mail", "other"));
            forgeries.add(changed);
            if (i < lines.size() - 1) {
                List<String> removed = new ArrayList<>(lines);
                removed.remove(i);
                forgeries.add(removed);
                List<String> moved = new ArrayList<>(lines);
                Collections.swap(moved, i, i + 1);
                forgeries.add(moved);
            }
        }
        for (List<String> forgery : forgeries) {
            Files.write(file, forgery);
            Journal forged = Journal.open(file, clock).orThrow();
            assertFalse(forged.verify().isEmpty(), String.join("\n", forgery));
        }
    }

    @Test
    void aLineTornByACrashIsCutOffAndTheChainGoesOn() throws IOException {
        Files.writeString(file, "{\"number\":4,\"at\":\"20", StandardOpenOption.APPEND);
        Journal again = Journal.open(file, clock).orThrow();
        assertEquals(3, again.size());
        again.append("standby", "", "started", Map.of());
        assertTrue(again.verify().isEmpty());
    }

    @Test
    void theNewestFittingEntriesComeOldestFirst() throws IOException {
        assertEquals(
                List.of(1L, 2L),
                journal.newest(entry -> entry.systemId().equals("ledger"), 10).stream()
                        .map(JournalEntry::number)
                        .toList());
        assertEquals(3, journal.newest(_ -> true, 1).getFirst().number());
    }
}
