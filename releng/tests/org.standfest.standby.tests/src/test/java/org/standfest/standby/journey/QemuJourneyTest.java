package org.standfest.standby.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.qemu.QemuHypervisor;
import org.standfest.management.Action;
import org.standfest.management.BootProof;
import org.standfest.management.EmergencyPointList;
import org.standfest.management.OperationStatus;
import org.standfest.management.ProofPicture;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReturnForecast;
import org.standfest.management.ReturnOrder;
import org.standfest.management.ReturnWindow;
import org.standfest.management.StepState;
import org.standfest.management.SystemState;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole course with a guest that really boots. */
@Tag("engine")
@Timeout(900)
class QemuJourneyTest {

    private static final long LARGER_BYTES = 300L << 20;

    @TempDir Path folder;
    private InetSocketAddress service;

    /** What happens to a guest that serves at its primary and holds one entry. */
    @FunctionalInterface
    private interface Journey {
        void walk(JourneyStage stage, QemuHypervisor qemu, Machine primary) throws IOException;
    }

    private void withAGuestThatServes(Journey journey) throws Exception {
        try (GuestStage guest = new GuestStage(folder)) {
            service = guest.service();
            assertTrue(write("first"));
            guest.stage().succeeded(guest.stage().client().begin("ledger", Action.REPLICATE));
            journey.walk(guest.stage(), guest.qemu(), guest.primary());
        }
    }

    private Path newHardware() {
        return folder.resolve("new-hardware");
    }

    @Test
    void aRealGuestGoesThroughOutageEmergencyOperationAndReturn() throws Exception {
        withAGuestThatServes((stage, _, primary) -> walk(stage, primary));
    }

    /** Pain 2: the planned way shuts a live source down; pain 19: the image is proved before. */
    @Test
    void pain02AHealthyGuestIsChangedOverWithoutLossAfterAnIsolatedProof() throws Exception {
        withAGuestThatServes(
                (stage, qemu, _) -> {
                    stage.succeeded(stage.client().begin("ledger", Action.REHEARSE));
                    proved(stage);
                    assertTrue(
                            stage.client()
                                    .ask(new RecoveryCall.CheckReady("ledger"))
                                    .orThrow()
                                    .ready());
                    assertTrue(write("second"));
                    stage.succeeded(stage.client().begin("ledger", Action.SWITCH));
                    assertEquals(SystemState.EMERGENCY_OPERATION, stage.system().state());
                    assertEquals(List.of("first", "second"), ledger());
                    assertTrue(write("emergency"));
                    assertEquals(Optional.empty(), qemu.find(folder.resolve("primary")));
                });
    }

    private void proved(JourneyStage stage) throws IOException {
        BootProof proof =
                stage.client()
                        .ask(new RecoveryCall.BootProofs("ledger"))
                        .orThrow()
                        .proofs()
                        .getFirst();
        assertTrue(proof.proved());
        assertTrue(proof.picture());
        ProofPicture picture =
                stage.client().ask(new RecoveryCall.ShowProof("ledger", proof.id())).orThrow();
        byte[] png = Base64.getDecoder().decode(picture.png());
        assertEquals("PNG", new String(png, 1, 3, StandardCharsets.US_ASCII));
        assertTrue(picture.serial().length() > 20, picture.serial());
        Files.write(folder.resolve("screen.png"), png);
    }

    private void walk(JourneyStage stage, Machine primary) throws IOException {
        assertTrue(write("second"));
        OperationStatus increment =
                stage.succeeded(stage.client().begin("ledger", Action.REPLICATE));
        assertTrue(increment.steps().getFirst().doneBytes() < 8 << 20, increment::toString);
        primary.kill();
        JourneyStage.await(() -> stage.system().state() == SystemState.OUTAGE);
        stage.succeeded(stage.client().begin("ledger", Action.ACTIVATE));
        assertTrue(write("emergency"));
        assertEquals(List.of("first", "second", "emergency"), ledger());
        stage.client().ask(new RecoveryCall.MakeEmergencyPoint("ledger")).orThrow();
        JourneyStage.await(() -> !points(stage).atWork());
        assertEquals(1, points(stage).points().size(), () -> points(stage).toString());
        ReturnForecast forecast =
                stage.client()
                        .ask(new RecoveryCall.ForecastReturn("ledger", "agent-one"))
                        .orThrow();
        assertTrue(forecast.bulkBytes() > 1 << 20, forecast::toString);
        assertTrue(forecast.bootMillis() > 500, forecast::toString);
        OperationStatus home = returned(stage);
        assertTrue(home.steps().stream().allMatch(step -> step.state() == StepState.DONE));
        assertEquals(SystemState.NORMAL_OPERATION, stage.system().state());
        assertTrue(write("home"));
        assertEquals(List.of("first", "second", "emergency", "waiting", "home"), ledger());
        stage.succeeded(stage.client().begin("ledger", Action.REPLICATE));
        Path image = folder.resolve("standby/pool/systems/ledger/current/disk.img");
        assertEquals(LARGER_BYTES, Files.size(image));
    }

    private static EmergencyPointList points(JourneyStage stage) {
        return stage.client().ask(new RecoveryCall.EmergencyPoints("ledger")).orThrow();
    }

    /** To a larger disk on another bus, rehearsed on that hardware, when its window opens. */
    private OperationStatus returned(JourneyStage stage) {
        Instant now = Instant.now();
        ReturnWindow window = new ReturnWindow(now.plusSeconds(600), now.plusSeconds(900));
        OperationStatus begun =
                stage.client()
                        .returnHome(
                                new ReturnOrder(
                                        "ledger",
                                        "agent-one",
                                        List.of(
                                                new ReturnOrder.TargetDisk(
                                                        "disk", LARGER_BYTES, "scsi")),
                                        "qemu",
                                        Map.of("folder", newHardware().toString()),
                                        Optional.of(window),
                                        true))
                        .orThrow();
        JourneyStage.await(
                () ->
                        stage.client()
                                .ask(new RecoveryCall.ShowWindow("ledger"))
                                .orThrow()
                                .waiting());
        assertEquals(SystemState.RESTORATION, stage.system().state());
        assertTrue(write("waiting"));
        stage.client().ask(new RecoveryCall.ChangeWindow("ledger", Optional.empty())).orThrow();
        return stage.succeeded(stage.client().operation(begun.id()));
    }

    private boolean write(String entry) {
        try {
            return Loopback.get(service, "/cgi-bin/append?entry=" + entry).contains(entry);
        } catch (IOException _) {
            return false;
        }
    }

    /** The texts of the ledger's entries without numbers and times. */
    private List<String> ledger() throws IOException {
        String body = Loopback.get(service, "/ledger").replaceFirst("(?s).*?\r\n\r\n", "");
        return body.lines().map(line -> line.replaceFirst(".*\\s", "")).toList();
    }
}
