package org.standfest.standby.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.StartOptions;
import org.standfest.hypervisor.simulated.LedgerDisk;
import org.standfest.management.Action;
import org.standfest.management.CareCall;
import org.standfest.management.CarePolicy;
import org.standfest.management.CareRuling;
import org.standfest.management.EmergencyPointList;
import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.OperatorAccess;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReturnOrder;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemState;
import org.standfest.management.SystemStatus;
import org.standfest.management.rehearsed.StandbyConformance;
import org.standfest.results.Outcome;
import org.standfest.standby.StandbyMain;
import org.standfest.standby.StandbyServer;
import org.standfest.standby.StandbySettings;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Outage, emergency operation and return with the real standby, the real agent, real TLS and a real
 * pool; only the machines are simulated.
 */
@Timeout(300)
class JourneyTest extends LedgerJourney {

    @Test
    void fromNormalOperationThroughEmergencyOperationBackHome() throws Exception {
        OperationStatus copied = succeeded(client().begin("ledger", Action.REPLICATE));
        assertTrue(copied.steps().getFirst().doneBytes() > 0);
        assertTrue(system().lastPoint().isPresent());
        assertTrue(system().action(Action.ACTIVATE).orElseThrow().whyNot().isPresent());
        assertTrue(write("lost"));
        // What is lost is counted up to the last time the service was seen.
        await(this::seenAfterItsPoint);

        outage();
        OperationStatus activated = succeeded(client().begin("ledger", Action.ACTIVATE));
        assertTrue(activated.witnesses().size() >= 4, () -> activated.witnesses().toString());
        assertTrue(activated.measured().rtaMillis().orElseThrow() > 0);
        assertTrue(activated.measured().rpaMillis().orElseThrow() > 0);
        assertEquals(SystemState.EMERGENCY_OPERATION, system().state());
        assertEquals("first", ledger());
        assertTrue(write("emergency"));
        assertEquals(List.of("first"), LedgerDisk.read(image()), "the point stays pristine");

        stage.runAgent("agent-two", "");
        OperationStatus home =
                succeeded(
                        client().returnHome(
                                        new ReturnOrder(
                                                "ledger",
                                                "agent-two",
                                                List.of(
                                                        new ReturnOrder.TargetDisk(
                                                                "disk", 2L * DISK_BYTES, "scsi")),
                                                "",
                                                Map.of(
                                                        "folder",
                                                        folder.resolve("new-hardware")
                                                                .toString()))));
        assertEquals(
                List.of(
                        "check",
                        "rehearse-home",
                        "bulk",
                        "window",
                        "refresh",
                        "epoch",
                        "shutdown",
                        "final",
                        "start-home",
                        "test-home",
                        "end",
                        "release",
                        "protect",
                        "discard"),
                home.steps().stream().map(step -> step.id()).toList());
        assertEquals(SystemState.NORMAL_OPERATION, system().state());
        assertEquals("first\nemergency", ledger());
        assertTrue(write("home"));
        succeeded(client().begin("ledger", Action.REPLICATE));
        assertEquals(List.of("first", "emergency", "home"), LedgerDisk.read(image()));
        assertEquals("agent-two", system().agentId());
        assertTrue(client().journal("", 0, 1000).orThrow().broken().isEmpty());
    }

    private boolean seenAfterItsPoint() {
        SystemStatus now = system();
        return now.lastPositiveAt()
                .filter(at -> at.isAfter(now.lastPoint().orElseThrow().takenAt()))
                .isPresent();
    }

    @Test
    void theRealStandbyConformsLikeTheRehearsedOne() {
        assertEquals(List.of(), StandbyConformance.breaches(client()));
    }

    @Test
    void aRehearsalProvesTheImageAndLeavesNothingBehind() throws Exception {
        succeeded(client().begin("ledger", Action.REPLICATE));
        succeeded(client().begin("ledger", Action.REHEARSE));
        assertTrue(system().provedToStartAt().isPresent());
        assertEquals(SystemState.NORMAL_OPERATION, system().state());
        assertTrue(write("still-at-home"));
        succeeded(client().begin("ledger", Action.REPLICATE));
    }

    @Test
    void pain1APrimaryThatLivesIsNotDoubledWhateverIsConfirmed() throws Exception {
        succeeded(client().begin("ledger", Action.REPLICATE));
        List<OperationStatus> begun = new ArrayList<>();
        await(() -> reportedAndBegun(begun));
        OperationStatus refused = finished(begun.getFirst());
        assertEquals(OperationState.REFUSED, refused.state());
        assertEquals("gone.alive", refused.reason().orElseThrow().code());
        await(() -> system().state() == SystemState.NORMAL_OPERATION);
    }

    /** The watch soon sees that the service is there, so one must be quick. */
    private boolean reportedAndBegun(List<OperationStatus> begun) {
        client().begin("ledger", Action.REPORT_OUTAGE);
        client().begin("ledger", Action.ACTIVATE, List.of("gone.alive"))
                .result()
                .ifPresent(begun::add);
        return !begun.isEmpty();
    }

    @Test
    void emergencyMachinesOutliveTheStandbyAndAreFoundAgain() throws Exception {
        activated();
        assertTrue(write("before-the-restart"));
        stage.restart(() -> assertTrue(write("while-the-standby-is-down")));
        assertEquals(SystemState.EMERGENCY_OPERATION, system().state());
        assertTrue(system().action(Action.RETURN).orElseThrow().possible());
    }

    @Test
    void anImageThatSomebodyOfThisHostHoldsIsNotReadyToBeStarted() throws Exception {
        succeeded(client().begin("ledger", Action.REPLICATE));
        assertFalse(heldSeen());
        MachineDescription thief =
                primaryMachine()
                        .withId("thief")
                        .withImages(Map.of("disk", DiskImage.raw(image())))
                        .withNics(nic -> nic.withForwards(List.of()));
        Machine holding =
                standbyHost.start(thief, StartOptions.in(folder.resolve("thief"))).orThrow();
        assertTrue(heldSeen());
        holding.kill();
        assertFalse(heldSeen());
    }

    private boolean heldSeen() {
        return client().ask(new RecoveryCall.CheckReady("ledger")).orThrow().checks().stream()
                .anyMatch(check -> check.id().equals("held"));
    }

    @Test
    void emergencyOperationHasRecoveryPointsOfItsOwnThatOutliveIt() throws Exception {
        activated();
        assertTrue(write("emergency"));
        EmergencyPointList first = madePoint(1);
        assertTrue(write("later"));
        EmergencyPointList second = madePoint(2);
        assertTrue(
                second.points().getFirst().takenAt().isAfter(first.points().getFirst().takenAt()));
        assertEquals(1, client().systems().orThrow().size(), "they are no system of their own");
        Path newest =
                folder.resolve("standby/pool/systems/" + second.poolId() + "/current/disk.img");
        assertEquals(List.of("first", "emergency", "later"), LedgerDisk.read(newest));
        String pool = second.poolId();
        String oldest = first.points().getFirst().id();
        CarePolicy standard = client().ask(new CareCall.PoolShow(pool)).orThrow().policy();
        client().ask(new CareRuling.SetPolicy(pool, keeping("last 2", standard))).orThrow();
        client().ask(new RecoveryCall.MakeEmergencyPoint("ledger")).orThrow();
        await(() -> points().points().stream().noneMatch(one -> one.id().equals(oldest)));
        assertEquals(2, points().points().size(), "the rule of their name is applied to them");
        succeeded(client().begin("ledger", Action.UNDO, List.of("standby.undo-loses")));
        assertEquals(2, points().points().size(), "an undo does not let them go");
        assertTrue(
                client().ask(new RecoveryCall.MakeEmergencyPoint("ledger")).problem().isPresent());
    }

    @Test
    void pointsOfEmergencyOperationGoToASecondStandbyToo() throws Exception {
        StandbyServer second =
                StandbyServer.start(
                                new StandbySettings(folder.resolve("second"), "127.0.0.1", 0),
                                partners())
                        .orThrow();
        try (StandbyClient there =
                new OperatorAccess(folder.resolve("second/local-operator"), Locale.ENGLISH)
                        .open()
                        .orThrow()) {
            activated();
            assertTrue(write("emergency"));
            madePoint(1);
            assertEquals(0, there.systems().orThrow().size(), "nobody knows of a second one yet");
            joinSecond(second, there.inviteAgent("first-standby", List.of()).orThrow().code());
            for (int i = 2; i <= 3; i++) {
                assertTrue(write("later-" + i));
                madePoint(i);
                Path image =
                        folder.resolve("second/pool/systems/ledger.emergency/current/disk.img");
                List<String> expected = new ArrayList<>(List.of("first", "emergency"));
                for (int entry = 2; entry <= i; entry++) {
                    expected.add("later-" + entry);
                }
                assertEquals(expected, LedgerDisk.read(image));
            }
            assertEquals(2, there.points("ledger.emergency").orThrow().size());
        } finally {
            second.stop(false);
        }
        assertTrue(write("alone"));
        client().ask(new RecoveryCall.MakeEmergencyPoint("ledger")).orThrow();
        await(() -> !points().atWork());
        assertEquals(4, points().points().size(), "the point is here all the same");
        assertTrue(points().problem().isPresent(), "and it is told that it is not there");
        forgetSecond();
        await(() -> points().problem().isEmpty());
    }

    /** As a person does who gives the second standby up. */
    private void forgetSecond() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("standby/second"))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void joinSecond(StandbyServer second, String code) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int exit =
                new StandbyMain(partners(), Locale.GERMAN, _ -> null, _ -> {})
                        .run(
                                List.of(
                                        "second",
                                        "127.0.0.1:" + second.address().getPort(),
                                        code,
                                        "--home",
                                        folder.resolve("standby").toString()),
                                out,
                                out);
        assertEquals(0, exit, () -> said.toString(StandardCharsets.UTF_8));
    }

    private static CarePolicy keeping(String rule, CarePolicy other) {
        return new CarePolicy(
                rule,
                other.rpoMillis(),
                other.lockMillis(),
                other.quotaBytes(),
                other.customer(),
                other.rates(),
                other.share(),
                other.priority());
    }

    private EmergencyPointList points() {
        return client().ask(new RecoveryCall.EmergencyPoints("ledger")).orThrow();
    }

    private EmergencyPointList madePoint(int number) {
        client().ask(new RecoveryCall.MakeEmergencyPoint("ledger")).orThrow();
        JourneyStage.await(() -> !points().atWork());
        EmergencyPointList list = points();
        assertEquals(Optional.empty(), list.problem());
        assertEquals(number, list.points().size());
        return list;
    }

    @Test
    void anEmergencyMachineThatDiesIsNoticedAndStartedAgainOverItsOverlay() throws Exception {
        OperationStatus activated = activated();
        assertTrue(write("in-emergency"));
        Path machine = folder.resolve("standby/systems/ledger/emergency").resolve(activated.id());
        standbyHost.find(machine).orElseThrow().kill();
        await(() -> system().action(Action.ACTIVATE).orElseThrow().possible());
        succeeded(client().begin("ledger", Action.ACTIVATE));
        assertEquals("first\nin-emergency", ledger());
    }

    @Test
    void anUndoneActivationNeedsAPersonsWordAndLetsTheOldPrimaryGoOn() throws Exception {
        activated();
        Outcome<OperationStatus> unasked = client().begin("ledger", Action.UNDO);
        assertInstanceOf(Outcome.Refused.class, unasked);
        String code = unasked.problem().orElseThrow().code();
        succeeded(client().begin("ledger", Action.UNDO, List.of(code)));
        assertFalse(write("nobody-serves"));
        primary =
                primaryHost
                        .start(primaryMachine(), StartOptions.in(folder.resolve("primary")))
                        .orThrow();
        await(() -> system().state() == SystemState.NORMAL_OPERATION);
        assertTrue(write("second"));
        await(() -> system().action(Action.REPLICATE).orElseThrow().possible());
        succeeded(client().begin("ledger", Action.REPLICATE));
        assertEquals(List.of("first", "second"), LedgerDisk.read(image()));
    }

    @Test
    void aReturnThatFailsLeavesEmergencyOperationServingAndNothingIsLost() throws Exception {
        activated();
        assertTrue(write("in-emergency"));
        OperationStatus failed =
                finished(
                        client().returnHome(
                                        new ReturnOrder(
                                                "ledger",
                                                "agent-one",
                                                List.of(),
                                                "simulated",
                                                Map.of("folder", nowhere())))
                                .orThrow());
        assertEquals(OperationState.FAILED, failed.state(), failed::toString);
        assertEquals(SystemState.EMERGENCY_OPERATION, system().state());
        assertEquals("first\nin-emergency", ledger());
        assertTrue(write("goes-on"));
    }

    /** A folder that cannot be made: its parent is a file. */
    private String nowhere() {
        return folder.resolve("primary.raw").resolve("machine").toString();
    }
}
