package org.standfest.recovery.ways;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.standfest.management.OperationState;
import org.standfest.management.ReplacementModel;
import org.standfest.recovery.Course;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** No machine of the spare pool is brought two systems. */
class SparePoolTest {

    private final Map<String, Course> courses = new ConcurrentHashMap<>();
    private final Map<String, String> protectors = new ConcurrentHashMap<>();
    private Set<String> connected = Set.of("spare-1", "spare-2", "home");
    private Outcome<ReplacementModel> model =
            Outcome.done(new ReplacementModel(0, List.of(), List.of("spare-1", "spare-2")));
    private final SparePool pool = new SparePool(new Around());

    @BeforeEach
    void systems() {
        for (String id : List.of("ledger", "mail", "files")) {
            courses.put(id, Course.begin(id, Instant.EPOCH));
            protectors.put(id, "home");
        }
    }

    private Outcome<String> begun(String systemId, String agent, OperationState state) {
        Operation operation =
                new Operation(
                        "op-" + systemId,
                        PlanKind.RETURN,
                        "anna",
                        Instant.EPOCH,
                        Optional.empty(),
                        state,
                        false,
                        false,
                        Optional.empty(),
                        List.of(),
                        Map.of(Facts.AGENT, agent),
                        List.of(),
                        List.of());
        Course old = courses.get(systemId);
        courses.put(
                systemId,
                new Course(
                        systemId,
                        old.state(),
                        old.since(),
                        Optional.of(operation),
                        old.measured(),
                        old.provedToStartAt()));
        return Outcome.done(agent);
    }

    private Outcome<String> land(String systemId, String wanted) {
        return pool.land(systemId, wanted, agent -> begun(systemId, agent, OperationState.RUNNING));
    }

    private static String code(Outcome<?> outcome) {
        return outcome.problem().map(Explanation::code).orElse("done");
    }

    @Test
    void eachGetsOneOfItsOwnUntilNoneIsLeft() {
        assertEquals("spare-1", land("ledger", "").orThrow());
        assertEquals("spare-2", land("mail", "").orThrow());
        assertEquals("way.no-spare", code(land("files", "")));
        begun("ledger", "spare-1", OperationState.FAILED);
        assertEquals("spare-1", land("files", "").orThrow(), "a return that ended leads nowhere");
    }

    @Test
    void onlyAMachineThatIsConnectedIsTaken() {
        connected = Set.of("spare-2");
        assertEquals("spare-2", land("ledger", "").orThrow());
        assertEquals("way.no-spare", code(land("mail", "")));
    }

    @Test
    void oneThatIsNamedIsRefusedWhileItIsAnotherSystems() {
        land("mail", "spare-1").orThrow();
        protectors.put("files", "spare-2");
        Outcome<String> taken = land("ledger", "spare-1");
        assertEquals("way.spare-taken", code(taken));
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            String happened = taken.problem().orElseThrow().happened(locale);
            assertTrue(happened.contains("spare-1") && happened.contains("mail"), happened);
        }
        assertEquals("way.spare-taken", code(land("ledger", "spare-2")));
        assertEquals("spare-2", land("files", "spare-2").orThrow(), "its own");
        assertEquals(
                "home", land("ledger", "home").orThrow(), "not of the pool: others live there");
    }

    @Test
    @Timeout(30)
    void twoAtTheSameMomentDoNotGetTheSameOne() throws InterruptedException {
        List<String> second = new ArrayList<>();
        Thread other = Thread.ofPlatform().unstarted(() -> second.add(land("mail", "").orThrow()));
        String first =
                pool.land(
                                "ledger",
                                "",
                                agent -> {
                                    other.start();
                                    while (other.getState() != Thread.State.BLOCKED
                                            && other.getState() != Thread.State.TERMINATED) {
                                        Thread.onSpinWait();
                                    }
                                    return begun("ledger", agent, OperationState.RUNNING);
                                })
                        .orThrow();
        other.join();
        assertEquals("spare-1", first);
        assertEquals(List.of("spare-2"), second);
    }

    @Test
    void aModelThatCannotBeReadIsSaidAndNobodyIsBroughtAnywhere() {
        model =
                Outcome.failed(
                        Explanation.rendered("file-damaged", "It is.", "Bad.", "Mend."), null);
        assertEquals("file-damaged", code(land("ledger", "")));
        assertEquals("file-damaged", code(land("ledger", "spare-1")));
        assertEquals(Optional.empty(), courses.get("ledger").operation());
    }

    private final class Around implements Surroundings {

        @Override
        public Outcome<ReplacementModel> model() {
            return model;
        }

        @Override
        public Map<String, Course> courses() {
            return courses;
        }

        @Override
        public boolean answers(String address) {
            return true;
        }

        @Override
        public boolean standsIn(String network) {
            return true;
        }

        @Override
        public boolean connected(String agentId) {
            return connected.contains(agentId);
        }

        @Override
        public Optional<String> protector(String systemId) {
            return Optional.ofNullable(protectors.get(systemId));
        }
    }
}
