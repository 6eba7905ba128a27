package org.standfest.announcement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.host.HostPrograms;
import org.standfest.management.Announcement;
import org.standfest.management.Announcement.NameRecord;
import org.standfest.probe.Verdict;
import org.standfest.probe.network.DnsProbe;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Against a real BIND. */
class NameUpdateTest {

    @TempDir Path folder;
    private final List<String> notes = new ArrayList<>();

    private static NameRecord record(int port, String type, String key, boolean needed) {
        boolean alias = type.equals("CNAME");
        return new NameRecord(
                "127.0.0.1",
                port,
                "example.org",
                alias ? "alias.example.org" : "www.example.org",
                type,
                30,
                alias ? "www.example.org" : "192.0.2.10",
                alias ? "ns.example.org" : "198.51.100.7",
                key,
                needed);
    }

    private Announcer announcer(NameRecord... records) {
        Announcement announcement = new Announcement(List.of(), List.of(records));
        return new Announcer(
                new HostPrograms(),
                folder,
                () -> Optional.of(new DnsProbe()),
                _ -> announcement,
                (system, why) -> notes.add(system + " " + why.code()));
    }

    private static String code(Outcome<?> outcome) {
        return outcome.problem().map(Explanation::code).orElse("done");
    }

    @Test
    void aNamePointsHereDuringEmergencyOperationAndHomeAgain() throws Exception {
        try (Named server = Named.in(folder)) {
            Announcer announcer =
                    announcer(
                            record(server.port(), "A", Named.KEY, true),
                            record(server.port(), "CNAME", Named.KEY, true));
            assertEquals(List.of(), announcer.problems("ledger"));
            assertEquals(List.of(), announcer.doubts("ledger"));
            for (int twice = 0; twice < 2; twice++) {
                assertEquals("done", code(announcer.announce("ledger")));
                server.assertSays("www.example.org A 198.51.100.7");
                server.assertSays("alias.example.org CNAME ns.example.org");
            }
            assertEquals("dns.wrong", server.asked("www.example.org A 192.0.2.10").reason().code());
            for (int twice = 0; twice < 2; twice++) {
                assertEquals("done", code(announcer.pointHome("ledger")));
                server.assertSays("www.example.org A 192.0.2.10");
            }
            assertEquals(List.of(), notes);
        }
    }

    @Test
    void aRefusedChangeIsNoSuccessAndOneThatIsNotNeededIsNoted() throws Exception {
        try (Named server = Named.in(folder)) {
            Announcer needed = announcer(record(server.port(), "A", "other.key", true));
            assertEquals("announcement.name-failed", code(needed.announce("ledger")));
            Announcer unsigned = announcer(record(server.port(), "A", "", true));
            assertEquals("announcement.name-failed", code(unsigned.announce("ledger")));
            assertEquals(List.of(), notes);
            Announcer notNeeded = announcer(record(server.port(), "A", "other.key", false));
            assertEquals("done", code(notNeeded.announce("ledger")));
            assertEquals(List.of("ledger announcement.name-failed"), notes);
            server.assertSays("www.example.org A 192.0.2.10");
        }
    }

    @Test
    void onTheWayBackANeededNameServerThatIsDownKeepsNobodyFromServing() {
        Announcer serverless = announcer(record(1, "A", "", true), record(1, "CNAME", "", true));
        List<AnnouncerStep> steps =
                serverless.steps().stream().map(AnnouncerStep.class::cast).toList();
        for (AnnouncerStep step : steps.subList(1, steps.size())) {
            assertEquals("announcement.name-failed", code(step.act().apply("ledger")), step.id());
            assertEquals(List.of(), notes);
            assertEquals("done", code(step.back().apply("ledger")), step.id());
            assertEquals(
                    List.of("ledger announcement.name-failed", "ledger announcement.name-failed"),
                    notes);
            notes.clear();
        }
    }

    @Test
    void whatWouldNotWorkIsKnownBeforeItIsNeeded() throws IOException, InterruptedException {
        Announcer keyless = announcer(record(1, "A", "missing.key", true));
        assertEquals(
                List.of("announcement.no-key"),
                keyless.problems("ledger").stream().map(Explanation::code).toList());
        Announcer serverless = announcer(record(1, "A", "", true));
        assertEquals(List.of(), serverless.problems("ledger"));
        assertEquals(
                List.of("probe.refused-here"),
                serverless.doubts("ledger").stream().map(Explanation::code).toList());
        assertEquals("announcement.name-failed", code(serverless.announce("ledger")));
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.org A, dns.answered",
        "www.example.org. a 192.0.2.10, dns.answered",
        "six.example.org AAAA 2001:db8:0:0::10, dns.answered",
        "example.org MX 10 mail.example.org, dns.answered",
        "example.org NS ns.example.org., dns.answered",
        "note.example.org TXT serves here, dns.answered",
        "alias.example.org A 192.0.2.10, dns.answered",
        "six.example.org AAAA 2001:db8::11, dns.wrong",
        "www.example.org AAAA, dns.nothing",
        "gone.example.org A, dns.code",
        "www.example.net A, dns.code",
        "www.example.org PTR, dns.question",
        "www..org A, dns.question"
    })
    void theProbeReadsWhatARealServerSays(String question, String code) throws Exception {
        try (Named server = Named.in(folder)) {
            Verdict verdict = server.asked(question);
            assertEquals(code, verdict.reason().code(), verdict.reason().toString());
            assertEquals(code.equals("dns.answered"), verdict.answer() == Verdict.Answer.POSITIVE);
            assertTrue(verdict.took().toMillis() < 10_000);
        }
    }
}
