package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the standby's policies say, and what an agent has again when they say it no longer. */
class ToldLimitsTest {

    @TempDir private Path folder;
    private AgentHome home;

    @BeforeEach
    void open() {
        home = new AgentHome(folder);
    }

    private void protect(String id, int priority) {
        VolumeSource disk = new VolumeSource("disk", VolumeKind.DISK, "file", "/x", Map.of());
        home.save(
                        new ProtectedSystem(
                                id,
                                id,
                                List.of(disk),
                                ReplicationPlan.MANUAL.with(priority),
                                Map.of()))
                .orThrow();
    }

    private ProtectedSystem mail() {
        return home.system("mail").orElseThrow();
    }

    private Outcome<Void> told(int priority) {
        return new ToldPriority(home).take(mail(), priority);
    }

    private int priority() {
        return mail().plan().priority();
    }

    @Test
    void thePriorityOfItsOwnComesBack() {
        protect("mail", 3);
        told(8).orThrow();
        told(7).orThrow();
        assertEquals(7, priority());
        told(0).orThrow();
        assertEquals(3, priority());
        told(0).orThrow();
        assertEquals(3, priority());
    }

    @Test
    void whatAPersonSetsMeanwhileCountsUntilThePolicySaysAnotherOne() {
        protect("mail", 3);
        told(8).orThrow();
        protect("mail", 5);
        told(8).orThrow();
        assertEquals(5, priority(), "the line was away, the policy is the same");
        told(7).orThrow();
        assertEquals(7, priority());
        told(0).orThrow();
        assertEquals(5, priority());
    }

    @Test
    void thePriorityOfItsOwnIsKnownUntilItIsWritten() throws IOException {
        protect("mail", 3);
        ProtectedSystem own = mail();
        Path systems = folder.resolve("systems");
        Path aside = folder.resolve("aside");
        Files.move(systems, aside);
        Files.createFile(systems);
        assertFalse(new ToldPriority(home).take(own, 8).isDone());
        Files.delete(systems);
        Files.move(aside, systems);
        told(8).orThrow();
        assertEquals(8, priority());
        ProtectedSystem asTold = mail();
        Files.move(systems, aside);
        Files.createFile(systems);
        assertFalse(new ToldPriority(home).take(asTold, 0).isDone());
        Files.delete(systems);
        Files.move(aside, systems);
        told(0).orThrow();
        assertEquals(3, priority());
    }

    private void rates(String expected) {
        assertEquals(RateCalendar.parse(expected), home.rates());
    }

    @Test
    void theLowestOfThePoliciesCountsAndItsOwnWithoutOne() {
        home.save(RateCalendar.parse("otherwise 4 Mbit/s").orThrow()).orThrow();
        protect("mail", 5);
        protect("files", 5);
        rates("otherwise 4 Mbit/s");
        String before = home.fingerprint();
        home.told("mail", "otherwise 8 Mbit/s").orThrow();
        rates("otherwise 8 Mbit/s");
        assertNotEquals(before, home.fingerprint(), "the resident notices");
        home.told("files", "daily 08-09 1 Mbit/s; otherwise unlimited").orThrow();
        rates("daily 08-09 1 Mbit/s; otherwise 8 Mbit/s");
        home.told("mail", "").orThrow();
        rates("daily 08-09 1 Mbit/s; otherwise unlimited");
        home.forget("files").orThrow();
        rates("otherwise 4 Mbit/s");
    }

    @Test
    void ratesThatCannotBeReadChangeNothing() {
        protect("mail", 5);
        home.told("mail", "otherwise 8 Mbit/s").orThrow();
        assertFalse(home.told("mail", "whenever it rains").isDone());
        rates("otherwise 8 Mbit/s");
    }
}
