package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.standfest.recovery.plans.SimulatedStandby.SYSTEM;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.standfest.management.OperationState;
import org.standfest.management.ReplacementModel;
import org.standfest.management.ReplacementWay;
import org.standfest.management.SystemReplacement;
import org.standfest.management.SystemState;
import org.standfest.recovery.Course;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.plans.SimulatedWorld.Trouble;
import org.standfest.recovery.ways.PlaceBook;
import org.standfest.recovery.ways.Surroundings;
import org.standfest.recovery.ways.Ways;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The branch model's three ways, combined, and the classic model's places, in the real plans. */
class BranchWaysTest {

    private static final String NETWORK = "192.0.2.0/24";
    private static final String GATEWAY = "192.0.2.1";
    private static final Outcome<ReplacementModel> UNREADABLE =
            Outcome.failed(Explanation.rendered("file-damaged", "It is.", "Bad.", "Mend."), null);

    /** A branch behind a VPN; whatever survives a process survives here. */
    private static final class Branch implements Surroundings, PlaceBook.Store {

        private final SimulatedWorld world;
        private ReplacementModel model = ReplacementModel.NONE;
        private Set<String> claims = Set.of();
        private boolean reached;
        private boolean there;
        private boolean spareConnected = true;
        private boolean unreadable;

        Branch(SimulatedWorld world) {
            this.world = world;
        }

        void model(int places, ReplacementWay... ways) {
            model =
                    new ReplacementModel(
                            places,
                            List.of(
                                    new SystemReplacement(
                                            SYSTEM, 5, List.of(ways), NETWORK, GATEWAY)),
                            List.of("agent-new"));
        }

        @Override
        public Outcome<ReplacementModel> model() {
            return unreadable ? UNREADABLE : Outcome.done(model);
        }

        @Override
        public Map<String, Course> courses() {
            return world.files;
        }

        @Override
        public boolean answers(String address) {
            assertEquals(GATEWAY, address);
            return reached;
        }

        @Override
        public boolean standsIn(String network) {
            assertEquals(NETWORK, network);
            return there;
        }

        @Override
        public boolean connected(String agentId) {
            return spareConnected;
        }

        @Override
        public Optional<String> protector(String systemId) {
            return Optional.empty();
        }

        @Override
        public Outcome<Set<String>> load() {
            return Outcome.done(new TreeSet<>(claims));
        }

        @Override
        public Outcome<Void> save(Set<String> systems) {
            claims = Set.copyOf(systems);
            return Outcome.done();
        }
    }

    private SimulatedStandby standby = new SimulatedStandby(new SimulatedWorld());
    private Branch branch = with(standby);

    private static Branch with(SimulatedStandby standby) {
        Branch branch = new Branch(standby.world);
        Ways ways = new Ways(branch, new PlaceBook(branch, branch), standby.world::sleep);
        standby.partners(ways.steps().toArray(PartnerStep[]::new));
        return branch;
    }

    @Test
    void throughTheVpnNothingIsStartedThatTheBranchWouldNotReach() {
        branch.model(0, ReplacementWay.VPN);
        standby.outage();
        Operation refused = standby.finish(PlanKind.ACTIVATION);
        assertEquals(OperationState.REFUSED, refused.state());
        assertEquals("way.no-vpn", refused.problem().orElseThrow().code());
        assertEquals(0, standby.world.starts);
        branch.reached = true;
        assertEquals(OperationState.SUCCEEDED, standby.finish(PlanKind.ACTIVATION).state());
        assertEquals("partner-2-vpn", standby.operation().steps().getFirst().id());
    }

    @Test
    void aModelThatCannotBeReadIsNoneWithoutLimits() {
        branch.model(0, ReplacementWay.VPN);
        branch.reached = true;
        branch.unreadable = true;
        standby.outage();
        Operation failed = standby.finish(PlanKind.ACTIVATION);
        assertEquals("partner-1-place", failed.steps().getFirst().id());
        assertEquals("file-damaged", failed.problem().orElseThrow().code());
        assertEquals(0, standby.world.starts);
        branch.unreadable = false;
        assertEquals(OperationState.SUCCEEDED, standby.finish(PlanKind.ACTIVATION).state());
        branch.unreadable = true;
        Operation home = standby.finish(PlanKind.RETURN);
        assertEquals("file-damaged", home.problem().orElseThrow().code());
        assertEquals(SystemState.EMERGENCY_OPERATION, standby.word());
    }

    @Test
    void aLineThatComesBackWhileItIsTriedIsWaitedFor() {
        branch.model(0, ReplacementWay.VPN);
        standby.outage();
        standby.world.onSleep = sleeps -> branch.reached = true;
        assertEquals(OperationState.SUCCEEDED, standby.finish(PlanKind.ACTIVATION).state());
    }

    @Test
    void aStandbyThatIsCarriedStartsOnlyInTheBranchAlsoAfterItWasSwitchedOff() {
        branch.model(0, ReplacementWay.CARRIED);
        branch.reached = true;
        standby.outage();
        standby.world.onSleep =
                sleeps -> {
                    assertEquals(0, standby.world.starts, "not on the way");
                    assertFalse(standby.world.asked, "its witnesses are asked in the branch");
                    if (sleeps == 3) {
                        throw new ProcessDeath();
                    }
                };
        RecoveryEngine before = standby.engine();
        org.junit.jupiter.api.Assertions.assertThrows(
                ProcessDeath.class,
                () -> before.begin(SYSTEM, PlanKind.ACTIVATION, "anna", Map.of(), List.of()));
        assertEquals(SystemState.RESTART, standby.word());
        standby.world.onSleep = sleeps -> branch.there = true;
        standby.engine().resume();
        assertEquals(SystemState.EMERGENCY_OPERATION, standby.word());
        assertEquals(1, standby.world.starts);
    }

    @Test
    void aJourneyThatIsCancelledLeavesTheOutageAsItWas() {
        branch.model(1, ReplacementWay.CARRIED);
        standby.outage();
        RecoveryEngine engine = standby.engine();
        standby.world.onSleep =
                sleeps -> {
                    assertEquals(Set.of(SYSTEM), branch.claims, "its place is kept meanwhile");
                    engine.cancel(standby.operation().id(), "anna").orThrow();
                };
        engine.begin(SYSTEM, PlanKind.ACTIVATION, "anna", Map.of(), List.of()).orThrow();
        assertEquals(OperationState.CANCELLED, standby.operation().state());
        assertEquals(SystemState.OUTAGE, standby.word());
        assertEquals(Set.of(), branch.claims);
    }

    @Test
    void aSpareMachineIsPreparedCarriedAndSwappedInWithWhatWasWrittenMeanwhile() {
        branch.model(1, ReplacementWay.VPN, ReplacementWay.SPARE);
        branch.reached = true;
        standby.outage();
        assertEquals(OperationState.SUCCEEDED, standby.finish(PlanKind.ACTIVATION).state());
        RecoveryEngine engine = standby.engine();
        standby.world.onSleep =
                sleeps -> {
                    if (standby.operation().at(Ways.SWAP_STEP)) {
                        branch.spareConnected = sleeps > 20;
                        assertFalse(standby.world.homeRunning, "not before it is in the branch");
                        if (sleeps == 10) {
                            engine.amend(
                                            SYSTEM,
                                            PlanKind.RETURN,
                                            Ways.SWAP_STEP,
                                            "anna",
                                            Ways.swapped())
                                    .orThrow();
                        }
                    }
                };
        engine.begin(SYSTEM, PlanKind.RETURN, "anna", standby.facts(PlanKind.RETURN), List.of())
                .orThrow();
        assertEquals(OperationState.SUCCEEDED, standby.operation().state());
        assertTrue(branch.spareConnected, "it waited for its agent after the person's word");
        assertTrue(standby.world.emergencyData.size() > 15, "users went on working");
        assertTrue(standby.world.homeData.containsAll(standby.world.emergencyData));
        assertEquals(
                Set.of(), new PlaceBook(branch, branch).taken().orThrow(), "its place is free");
    }

    @Test
    void aReturnToAMachineThatIsNotOfThePoolWaitsForNobody() {
        branch.model(0, ReplacementWay.VPN, ReplacementWay.SPARE);
        branch.model = new ReplacementModel(0, branch.model.systems(), List.of("agent-of-another"));
        branch.reached = true;
        standby.outage();
        standby.finish(PlanKind.ACTIVATION);
        assertEquals(OperationState.SUCCEEDED, standby.finish(PlanKind.RETURN).state());
    }

    @ParameterizedTest
    @EnumSource(names = {"DIE_BEFORE", "DIE_AFTER", "FAIL", "DISK_FULL"})
    void whateverHappensOnTheWayThereIsNoDoubleStartNoLossAndNoPlaceLeftTaken(Trouble trouble) {
        int cells = 0;
        for (int tick = 1; tick < 200; tick++) {
            standby = new SimulatedStandby(new SimulatedWorld());
            branch = with(standby);
            branch.model(1, ReplacementWay.CARRIED);
            branch.reached = true;
            branch.there = true;
            standby.outage();
            standby.dies(PlanKind.ACTIVATION, tick, trouble);
            if (!standby.world.reached()) {
                break;
            }
            cells++;
            for (int again = 0; again < 4; again++) {
                standby.engine().resume();
            }
            Wholeness.whole(standby, PlanKind.ACTIVATION);
            Set<String> wanted =
                    standby.word() == SystemState.EMERGENCY_OPERATION ? Set.of(SYSTEM) : Set.of();
            assertEquals(wanted, new PlaceBook(branch, branch).taken().orThrow(), "at " + tick);
        }
        assertTrue(cells > 10, "cells " + cells);
    }
}
