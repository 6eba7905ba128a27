package org.standfest.standby.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.simulated.LedgerDisk;
import org.standfest.management.Action;
import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReplacementModel;
import org.standfest.management.ReplacementView;
import org.standfest.management.ReplacementWay;
import org.standfest.management.ReturnOrder;
import org.standfest.management.StandbyHardware;
import org.standfest.management.SystemReplacement;
import org.standfest.management.SystemState;
import org.standfest.management.WitnessReport.Light;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Images that are fitted before they are started, and the model of replacement. */
@Timeout(300)
class ReplacementJourneyTest extends LedgerJourney {

    private void adaptedBy(String kind) {
        StandbyHardware hardware =
                new StandbyHardware(0, 0, List.of(), Map.of("adapter", kind, "bus", "IDE"));
        client().configure("ledger", systemSettings().on(hardware)).orThrow();
    }

    @Test
    void anImageIsFittedOnItsOverlayBeforeItIsStartedAndTheOneThatFailedIsLaidAnew()
            throws Exception {
        adaptedBy("Noting");
        adapter.fails = true;
        succeeded(client().begin("ledger", Action.REPLICATE));
        outage();
        OperationStatus failed = finished(client().begin("ledger", Action.ACTIVATE).orThrow());
        assertEquals(OperationState.FAILED, failed.state());
        assertEquals("noting.failed", failed.reason().orElseThrow().code());
        assertEquals(SystemState.OUTAGE, system().state());
        adapter.fails = false;
        OperationStatus activated = succeeded(client().begin("ledger", Action.ACTIVATE));
        List<String> steps = activated.steps().stream().map(step -> step.id()).toList();
        assertEquals(steps.indexOf("overlay") + 1, steps.indexOf("adapt"));
        assertEquals(DiskBus.VIRTIO, adapter.order.atHome().disks().getFirst().bus());
        assertEquals(DiskBus.IDE, adapter.order.here().disks().getFirst().bus());
        Path fitted = adapter.order.here().disks().getFirst().image().file();
        assertTrue(fitted.startsWith(adapter.order.work()), fitted.toString());
        assertEquals(List.of("first"), LedgerDisk.read(image()), "the point stays pristine");
    }

    @Test
    void aMissingAdapterIsKnownBeforeItIsNeededAndNothingIsStartedWithoutIt() {
        adaptedBy("absent");
        succeeded(client().begin("ledger", Action.REPLICATE));
        assertTrue(
                client().ask(new RecoveryCall.CheckReady("ledger")).orThrow().checks().stream()
                        .anyMatch(
                                check ->
                                        check.id().equals("adapter")
                                                && check.light() == Light.RED));
        outage();
        OperationStatus refused = finished(client().begin("ledger", Action.ACTIVATE).orThrow());
        assertEquals("standby.adapter-missing", refused.reason().orElseThrow().code());
        assertEquals(SystemState.OUTAGE, system().state());
    }

    @Test
    void whatGoesToASpareMachineIsReleasedAsItWasAskedFor() {
        ReplacementModel model = new ReplacementModel(0, List.of(), List.of("agent-spare"));
        client().ask(new RecoveryCall.SetReplacement(model)).orThrow();
        activated();
        client().configure("ledger", systemSettings().releasedBySecond(Set.of(Action.RETURN)))
                .orThrow();
        ReturnOrder order = new ReturnOrder("ledger", "", List.of(), "", Map.of());
        assertEquals("way.no-spare", refused(order));
        stage.runAgent("agent-spare", "");
        assertEquals("standby.second-person", refused(order));
        String words =
                client().ask(new RecoveryCall.Releases())
                        .orThrow()
                        .requests()
                        .getFirst()
                        .words()
                        .happened();
        assertTrue(words.contains("a free machine of the spare pool"), words);
    }

    private String refused(ReturnOrder order) {
        return client().returnHome(order).problem().orElseThrow().code();
    }

    @Test
    void theModelOfReplacementIsPartOfThePlanAndOfItsCheck() {
        SystemReplacement rule =
                new SystemReplacement("ledger", 1, List.of(ReplacementWay.VPN), "", "192.0.2.1");
        ReplacementModel model = new ReplacementModel(1, List.of(rule), List.of("agent-one"));
        ReplacementView set = client().ask(new RecoveryCall.SetReplacement(model)).orThrow();
        assertEquals(List.of("agent-one"), set.connected());
        assertEquals(set, client().ask(new RecoveryCall.ShowReplacement()).orThrow());
        assertEquals(
                List.of("partner-1-place", "partner-2-vpn", "witnesses"),
                client()
                        .ask(new RecoveryCall.ShowPlan("ledger", Action.ACTIVATE))
                        .orThrow()
                        .steps()
                        .stream()
                        .limit(3)
                        .map(step -> step.id())
                        .toList());
        assertEquals(
                "way.no-vpn",
                client().ask(new RecoveryCall.CheckReady("ledger")).orThrow().checks().stream()
                        .filter(check -> check.id().equals("way"))
                        .findFirst()
                        .orElseThrow()
                        .reason()
                        .code());
        assertFalse(client().ask(new RecoveryCall.SpareArrived("ledger")).isDone());
    }
}
