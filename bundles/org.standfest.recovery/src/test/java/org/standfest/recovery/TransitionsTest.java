package org.standfest.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.management.OperationState;
import org.standfest.management.StepState;
import org.standfest.recovery.chain.Chain;
import org.standfest.recovery.journal.Journal;
import org.standfest.recovery.plans.StandbyPlans;
import org.standfest.recovery.ways.Ways;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

class TransitionsTest {

    private static final Told WHY = Told.of(Explanation.rendered("x", "a", "b", "c"));
    private static final List<RecoveryState> STATES =
            List.of(
                    new RecoveryState.NormalOperation(),
                    new RecoveryState.Outage(WHY),
                    new RecoveryState.Restart("o"),
                    new RecoveryState.EmergencyOperation("m", false, Optional.empty()),
                    new RecoveryState.EmergencyOperation("m", true, Optional.of(WHY)),
                    new RecoveryState.Restoration("o", "m"),
                    new RecoveryState.Return("o", "m"),
                    new RecoveryState.Rehearsal("o"),
                    new RecoveryState.Switching("o"),
                    new RecoveryState.Blocked(WHY, Optional.of("m")),
                    new RecoveryState.Blocked(WHY, Optional.empty()));
    private static final List<RecoveryEvent> EVENTS =
            List.of(
                    new RecoveryEvent.OutageNoticed(WHY),
                    new RecoveryEvent.ServiceSeen(),
                    new RecoveryEvent.ActivationBegun("o"),
                    new RecoveryEvent.ActivationProved("m"),
                    new RecoveryEvent.ActivationUndone(WHY),
                    new RecoveryEvent.ReactivationUndone("m", WHY),
                    new RecoveryEvent.UndoBegun("o"),
                    new RecoveryEvent.EmergencyTrouble(Optional.of(WHY)),
                    new RecoveryEvent.ReturnBegun("o"),
                    new RecoveryEvent.BulkDone(),
                    new RecoveryEvent.ReturnProved(),
                    new RecoveryEvent.ReturnUndone(WHY),
                    new RecoveryEvent.RehearsalBegun("o"),
                    new RecoveryEvent.RehearsalEnded(),
                    new RecoveryEvent.SwitchBegun("o"),
                    new RecoveryEvent.SwitchProved("m"),
                    new RecoveryEvent.SwitchUndone(WHY),
                    new RecoveryEvent.Unblocked(true, WHY));

    /** The written table once more, as data: state, then event=next. */
    private static final Map<String, String> TABLE =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry(
                                    "NormalOperation",
                                    "OutageNoticed=Outage RehearsalBegun=Rehearsal"
                                            + " SwitchBegun=Switching"),
                            Map.entry(
                                    "Outage",
                                    "OutageNoticed=Outage ServiceSeen=NormalOperation"
                                            + " ActivationBegun=Restart"),
                            Map.entry(
                                    "Restart",
                                    "ActivationProved=EmergencyOperation ActivationUndone=Outage"
                                            + " ReactivationUndone=EmergencyOperation"),
                            Map.entry(
                                    "Switching",
                                    "SwitchProved=EmergencyOperation SwitchUndone=NormalOperation"),
                            Map.entry(
                                    "EmergencyOperation",
                                    "UndoBegun=Restart EmergencyTrouble=EmergencyOperation"
                                            + " ReturnBegun=Restoration"),
                            Map.entry(
                                    "EmergencyOperation-down",
                                    "ActivationBegun=Restart UndoBegun=Restart"
                                            + " EmergencyTrouble=EmergencyOperation"
                                            + " ReturnBegun=Restoration"),
                            Map.entry(
                                    "Restoration",
                                    "BulkDone=Return ReturnUndone=EmergencyOperation"),
                            Map.entry(
                                    "Return",
                                    "ReturnProved=NormalOperation ReturnUndone=EmergencyOperation"),
                            Map.entry("Rehearsal", "RehearsalEnded=NormalOperation"),
                            Map.entry("Blocked-machine", "Unblocked=EmergencyOperation"),
                            Map.entry("Blocked", "Unblocked=Outage")));

    @Test
    void theCodeDoesExactlyWhatTheTableSays() {
        Map<String, String> done = new TreeMap<>();
        for (RecoveryState state : STATES) {
            StringBuilder row = new StringBuilder();
            for (RecoveryEvent event : EVENTS) {
                Transitions.next(state, event)
                        .ifPresent(
                                next ->
                                        row.append(' ')
                                                .append(event.getClass().getSimpleName())
                                                .append('=')
                                                .append(next.getClass().getSimpleName()));
            }
            done.put(key(state), row.toString().strip());
        }
        assertEquals(TABLE, done);
    }

    private static String key(RecoveryState state) {
        String name = state.getClass().getSimpleName();
        return switch (state) {
            case RecoveryState.EmergencyOperation(_, boolean down, _) when down -> name + "-down";
            case RecoveryState.Blocked(_, var machine) when machine.isPresent() ->
                    name + "-machine";
            default -> name;
        };
    }

    @Test
    void everyStateCanBeBlocked() {
        for (RecoveryState state : STATES) {
            assertTrue(
                    Transitions.next(state, new RecoveryEvent.Stuck(WHY, Optional.empty()))
                                    .orElseThrow()
                            instanceof RecoveryState.Blocked);
        }
    }

    @Test
    void aMachineThatMayHoldWhatUsersWroteIsNotForgottenOverABlock() {
        RecoveryState blocked =
                Transitions.next(
                                new RecoveryState.Restart("o"),
                                new RecoveryEvent.Stuck(WHY, Optional.of("m")))
                        .orElseThrow();
        RecoveryState after =
                Transitions.next(blocked, new RecoveryEvent.Unblocked(false, WHY)).orElseThrow();
        assertEquals(Optional.of("m"), Transitions.machine(after));
    }

    @Test
    void everyStateSurvivesItsFile(@TempDir Path folder) throws Exception {
        FileCourseStore store = new FileCourseStore(folder);
        int number = 0;
        for (RecoveryState state : STATES) {
            String id = "system-" + number++;
            Operation operation =
                    new Operation(
                            "o",
                            PlanKind.RETURN,
                            "anna",
                            Instant.EPOCH,
                            Optional.empty(),
                            OperationState.RUNNING,
                            true,
                            true,
                            Optional.of(WHY),
                            List.of(
                                    new Operation.StepEntry(
                                            "hold", StepState.DONE, 12, Optional.of(WHY))),
                            Map.of("k", "v"),
                            List.of("c"),
                            List.of());
            Course course =
                    Course.begin(id, Instant.EPOCH)
                            .in(state, Instant.EPOCH)
                            .with(operation)
                            .proved(Instant.EPOCH);
            store.save(course);
            assertEquals(Optional.of(course), store.load(id).orThrow());
        }
        assertEquals(STATES.size(), store.systems().size());
    }

    @Test
    void aFileOfAnotherVersionOrWithDamageIsRefusedAndNeverGuessedAt(@TempDir Path folder)
            throws Exception {
        FileCourseStore store = new FileCourseStore(folder);
        store.save(Course.begin("ledger", Instant.EPOCH));
        Path file = folder.resolve("ledger/course.json");
        String good = Files.readString(file);
        Files.writeString(file, good.replace("\"version\": 1", "\"version\": 2"));
        assertTrue(store.load("ledger") instanceof Outcome.Refused);
        for (String bad : List.of("", "{}", good.substring(9), good.replace("Normal", "Ab"))) {
            Files.writeString(file, bad);
            assertTrue(store.load("ledger") instanceof Outcome.Failed, bad);
        }
        Files.writeString(file, good.replace("ledger", "other"));
        assertTrue(store.load("ledger") instanceof Outcome.Refused);
    }

    @Test
    void explanationsKeepBothLanguages() {
        Told told = Told.of(RecoveryTexts.CATALOG.explain("recovery.busy", "mail"));
        assertTrue(told.explanation().happened(Locale.GERMAN).contains("läuft bereits"));
        assertTrue(told.explanation().happened(Locale.ENGLISH).contains("under way"));
    }

    @Test
    void allCatalogsHaveTheSameKeysInBothLanguages() throws Exception {
        for (Class<?> owner :
                List.of(
                        RecoveryTexts.class,
                        Journal.class,
                        StandbyPlans.class,
                        Chain.class,
                        Ways.class)) {
            assertEquals(keys(owner, "messages.properties"), keys(owner, "messages_de.properties"));
        }
    }

    private static Object keys(Class<?> owner, String file) throws Exception {
        Properties properties = new Properties();
        try (InputStream in = owner.getResourceAsStream(file)) {
            properties.load(in);
        }
        return new TreeSet<>(properties.keySet());
    }
}
