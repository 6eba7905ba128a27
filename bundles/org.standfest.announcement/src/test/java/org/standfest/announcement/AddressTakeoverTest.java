package org.standfest.announcement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.management.Announcement.TakenAddress;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * On real wires: a client, a primary and a standby in network namespaces of this host, joined by a
 * bridge at the client's. Needs root.
 */
class AddressTakeoverTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final TakenAddress SERVICE = new TakenAddress("10.77.0.10", 24, "eth0");
    private static final TakenAddress OWN = new TakenAddress("10.77.0.2", 24, "eth0");

    private final HostPrograms host = new HostPrograms();
    private final String suffix = Long.toString(ProcessHandle.current().pid(), 36);
    private final String client = "sfc" + suffix;
    private final String primary = "sfp" + suffix;
    private final String standby = "sfs" + suffix;
    private AddressTakeover takeover;

    @BeforeEach
    void threeMachinesOnOneWire() throws IOException, InterruptedException {
        assumeTrue(
                HostPrograms.locate("ip").isPresent() && HostPrograms.locate("arping").isPresent(),
                "the Debian packages iproute2 and iputils-arping are not installed");
        assumeTrue(
                run("ip", "netns", "add", client).succeeded(),
                "network namespaces need root rights");
        must("ip", "netns", "add", primary);
        must("ip", "netns", "add", standby);
        must("ip", "-n", client, "link", "add", "br0", "type", "bridge");
        must("ip", "-n", client, "link", "set", "br0", "up");
        must("ip", "-n", client, "address", "add", "10.77.0.1/24", "dev", "br0");
        plug(primary, "10.77.0.10/24");
        plug(standby, "10.77.0.2/24");
        takeover = new AddressTakeover((words, _, limit) -> host.run(in(standby, words), limit));
    }

    private void plug(String machine, String address) throws IOException, InterruptedException {
        must(
                "ip", "link", "add", machine, "netns", client, "type", "veth", "peer", "name",
                "eth0", "netns", machine);
        must("ip", "-n", client, "link", "set", machine, "master", "br0", "up");
        must("ip", "-n", machine, "link", "set", "eth0", "up");
        must("ip", "-n", machine, "address", "add", address, "dev", "eth0");
    }

    @AfterEach
    void unplug() throws IOException, InterruptedException {
        for (String machine : List.of(client, primary, standby)) {
            run("ip", "netns", "delete", machine);
        }
    }

    private static List<String> in(String machine, List<String> words) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", machine));
        all.addAll(words);
        return all;
    }

    private ProgramRunner.Result run(String... words) throws IOException, InterruptedException {
        return host.run(List.of(words), LIMIT);
    }

    private String must(String... words) throws IOException, InterruptedException {
        ProgramRunner.Result result = run(words);
        assertTrue(result.succeeded(), String.join(" ", words) + ": " + result.output());
        return result.output();
    }

    /** Where the client sends what is meant for the service. */
    private String neighbour() throws IOException, InterruptedException {
        return must("ip", "-n", client, "neighbour", "show", "10.77.0.10")
                .replaceAll("(?s).*lladdr (\\S+).*", "$1");
    }

    private String card(String machine) throws IOException, InterruptedException {
        return must("ip", "-n", machine, "-o", "link", "show", "eth0")
                .replaceAll("(?s).*link/ether (\\S+).*", "$1");
    }

    private String addresses() throws IOException, InterruptedException {
        return must("ip", "-n", standby, "-o", "-4", "address", "show", "dev", "eth0");
    }

    private static String code(Outcome<?> outcome) {
        return outcome.problem().map(Explanation::code).orElse("done");
    }

    @Test
    void clientsFindTheStandbyAtOnceAndNobodyHasTheAddressTwice() throws Exception {
        must("ip", "netns", "exec", client, "ping", "-c", "1", "-W", "5", "10.77.0.10");
        assertEquals(card(primary), neighbour());
        assertNotEquals(card(primary), card(standby));

        assertEquals("announcement.held", code(takeover.take(SERVICE)));
        assertFalse(addresses().contains("10.77.0.10"), addresses());

        must("ip", "-n", primary, "link", "set", "eth0", "down");
        assertEquals("done", code(takeover.take(SERVICE)));
        assertEquals("done", code(takeover.take(SERVICE)), "twice harms nobody");
        assertTrue(addresses().contains("eth0:sf"), addresses());
        assertEquals(card(primary), neighbour(), "nobody has told the client yet");
        assertEquals("done", code(takeover.tell(SERVICE)));
        assertEquals(card(standby), neighbour());

        assertEquals("done", code(takeover.giveBack(SERVICE)));
        assertEquals("done", code(takeover.giveBack(SERVICE)), "twice harms nobody");
        assertFalse(addresses().contains("10.77.0.10"), addresses());
    }

    @Test
    void withoutALinkEveryAddressLooksFreeSoNoneIsTaken() throws Exception {
        must("ip", "-n", client, "link", "set", standby, "down");
        assertEquals("announcement.no-link", code(takeover.take(SERVICE)));
        assertFalse(addresses().contains("10.77.0.10"), addresses());
        assertEquals(
                "announcement.no-link",
                takeover.problem(SERVICE).map(Explanation::code).orElse(""));
    }

    @Test
    void anotherProgramOfThatNameIsNotAskedWhetherAnAddressIsFree() {
        // Habets' arping: it knows no version, and says 1 when nobody answers, 0 when somebody does
        AddressTakeover misled =
                new AddressTakeover(
                        (words, _, limit) ->
                                words.getFirst().endsWith("/arping")
                                        ? new ProgramRunner.Result(
                                                words.contains("-V") ? 1 : 0, "ARPing 2.23")
                                        : host.run(in(standby, words), limit));
        assertEquals("announcement.no-program", code(misled.take(SERVICE)));
        assertEquals(
                "announcement.no-program",
                misled.problem(SERVICE).map(Explanation::code).orElse(""));
    }

    @Test
    void theHostsOwnAddressIsNeitherTakenNorTakenAway() throws Exception {
        assertEquals("done", code(takeover.take(OWN)));
        assertEquals("done", code(takeover.giveBack(OWN)));
        assertTrue(addresses().contains("10.77.0.2/24"), addresses());
    }

    @Test
    void anInterfaceThatIsNotThereIsKnownBefore() {
        TakenAddress nowhere = new TakenAddress("10.77.0.10", 24, "eth7");
        assertEquals(
                "announcement.no-interface",
                takeover.problem(nowhere).map(Explanation::code).orElse(""));
        assertEquals("announcement.no-interface", code(takeover.take(nowhere)));
        assertTrue(takeover.problem(SERVICE).isEmpty());
    }
}
