package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.objectives.SessionHistory;
import org.standfest.replication.objectives.SessionRecord;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class SettingsFileTest {

    private static final String GOOD =
            """
            # written by hand
            id = mail
            schedule = every 15 min; only mon-fri 20-06
            rpo = 1 h
            priority = 7
            compareEvery = 7 d
            compareRate = 20 MB/s
            volume.0.name = root
            volume.0.kind = TREE
            volume.0.provider = tree
            volume.0.address = /
            volume.0.option.exclude = tmp/**
            rates = mon-fri 08-18 2 Mbit/s; otherwise unlimited
            """;

    @TempDir private Path folder;

    private Outcome<ProtectedSystem> read(String text) throws IOException {
        return SettingsFile.read(Files.writeString(folder.resolve("mail.properties"), text));
    }

    private String fault(String text) throws IOException {
        Explanation why = read(text).problem().orElseThrow();
        assertTrue(!why.next(Locale.GERMAN).isBlank() && !why.next(Locale.ENGLISH).isBlank());
        return why.happened(Locale.ENGLISH);
    }

    @Test
    void readsWhatAPersonWroteAndWritesItBack() throws Exception {
        ProtectedSystem system = read(GOOD).orThrow();
        assertEquals(
                "every 15 min; only daily 00-06",
                read(GOOD.replace("only mon-fri 20-06", "only daily 00-06"))
                        .orThrow()
                        .plan()
                        .schedule()
                        .toString());
        assertEquals(7, system.plan().priority());
        assertEquals(Duration.ofDays(7), system.plan().compareEvery());
        assertEquals(system, SystemSettings.of(SystemSettings.properties(system)));
    }

    @Test
    void namesFileLineAndFaultAndHowToMendIt() throws IOException {
        assertTrue(fault(GOOD.replace("every 15 min", "sometimes")).contains(", line 3: schedule"));
        assertTrue(fault(GOOD.replace("1 h", "soon")).contains(", line 4: rpo = soon"));
        assertTrue(fault(GOOD.replace("= 7\n", "= 77\n")).contains(", line 5: priority"));
        assertTrue(fault(GOOD.replace("TREE", "BUSH")).contains(", line 9: volume.0.kind"));
        assertTrue(fault(GOOD.replace("rpo", "rop")).contains("There is no setting rop"));
        assertTrue(fault("id = mail\n").contains(", line 1: id"));
        assertTrue(fault("").contains("is empty"));
    }

    @Test
    void theHistorySurvivesATornLineAndStaysBounded() throws IOException {
        Path file = folder.resolve("history");
        HistoryFile history = new HistoryFile(file);
        SessionRecord record =
                new SessionRecord(
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        SessionRecord.Trigger.PERSON,
                        SessionRecord.Result.DONE,
                        "p",
                        "",
                        false,
                        1,
                        2,
                        3,
                        4,
                        5);
        history.add(record);
        Files.writeString(file, "v=1 started=12", StandardOpenOption.APPEND);
        history.add(record);
        assertEquals(List.of(record, record), history.read().records());
        StringBuilder full = new StringBuilder();
        for (int line = 0; line < 2 * SessionHistory.MOST; line++) {
            full.append(record.line()).append('\n');
        }
        Files.writeString(file, full);
        history.add(record);
        assertEquals(SessionHistory.MOST, Files.readAllLines(file).size());
    }

    @Test
    void anOrderIsTakenOnceAndItsAnswerComesBack() throws Exception {
        AgentHome home = new AgentHome(folder.resolve("agent"));
        Orders orders = new Orders(home.orders(), Clock.systemUTC());
        orders.leave("o-1", "run", "mail", Map.of("to", "/x")).orThrow();
        List<Orders.Order> taken = orders.take();
        assertEquals(List.of(new Orders.Order("o-1", "run", "mail", Map.of("to", "/x"))), taken);
        assertEquals(List.of(), orders.take());
        orders.answer("o-1", Outcome.refused(AgentHome.TEXTS.explain("agent.busy", "mail", "x")));
        Outcome<Map<String, String>> answer = orders.await("o-1", Pause.real(), home);
        assertEquals(Optional.of("agent.busy"), answer.problem().map(Explanation::code));
        orders.leave("o-2", "run", "mail", Map.of()).orThrow();
        assertEquals(
                "agent.ended-meanwhile",
                orders.await("o-2", Pause.real(), home).problem().orElseThrow().code());
    }
}
