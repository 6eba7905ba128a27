package org.standfest.recovery.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.Action;
import org.standfest.probe.GoneRule;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Course;
import org.standfest.recovery.Plan;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.Possibilities;
import org.standfest.recovery.RecoveryEvent;
import org.standfest.recovery.RecoveryState;
import org.standfest.recovery.Told;
import org.standfest.recovery.Transitions;
import org.standfest.results.Explanation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables of {@code docs/recovery.md} are what the code does. With the environment variable
 * {@code STANDFEST_WRITE_DOCS} set they are written anew.
 */
class RecoveryDocTest {

    private static final Told WHY = Told.of(Explanation.rendered("x", "a", "b", "c"));
    private static final List<RecoveryEvent> EVENTS =
            List.of(
                    new RecoveryEvent.OutageNoticed(WHY),
                    new RecoveryEvent.ServiceSeen(),
                    new RecoveryEvent.SwitchBegun("o"),
                    new RecoveryEvent.SwitchProved("m"),
                    new RecoveryEvent.SwitchUndone(WHY),
                    new RecoveryEvent.ActivationBegun("o"),
                    new RecoveryEvent.ActivationProved("m"),
                    new RecoveryEvent.ActivationUndone(WHY),
                    new RecoveryEvent.ReactivationUndone("m", WHY),
                    new RecoveryEvent.EmergencyTrouble(Optional.of(WHY)),
                    new RecoveryEvent.UndoBegun("o"),
                    new RecoveryEvent.ReturnBegun("o"),
                    new RecoveryEvent.BulkDone(),
                    new RecoveryEvent.ReturnProved(),
                    new RecoveryEvent.ReturnUndone(WHY),
                    new RecoveryEvent.RehearsalBegun("o"),
                    new RecoveryEvent.RehearsalEnded(),
                    new RecoveryEvent.Stuck(WHY, Optional.empty()),
                    new RecoveryEvent.Unblocked(true, WHY));

    private static Map<String, RecoveryState> states() {
        Map<String, RecoveryState> states = new LinkedHashMap<>();
        states.put("NormalOperation", new RecoveryState.NormalOperation());
        states.put("Outage", new RecoveryState.Outage(WHY));
        states.put("Restart", new RecoveryState.Restart("o"));
        states.put("Switching", new RecoveryState.Switching("o"));
        states.put(
                "EmergencyOperation",
                new RecoveryState.EmergencyOperation("m", false, Optional.empty()));
        states.put(
                "EmergencyOperation (down)",
                new RecoveryState.EmergencyOperation("m", true, Optional.of(WHY)));
        states.put("Restoration", new RecoveryState.Restoration("o", "m"));
        states.put("Return", new RecoveryState.Return("o", "m"));
        states.put("Rehearsal", new RecoveryState.Rehearsal("o"));
        states.put("Blocked", new RecoveryState.Blocked(WHY, Optional.empty()));
        states.put("Blocked (with machine)", new RecoveryState.Blocked(WHY, Optional.of("m")));
        return states;
    }

    private static String transitions() {
        StringBuilder table =
                new StringBuilder("| state | event | state afterwards |\n|---|---|---|\n");
        states().forEach(
                        (name, state) -> {
                            for (RecoveryEvent event : EVENTS) {
                                Transitions.next(state, event)
                                        .ifPresent(
                                                next ->
                                                        row(
                                                                table,
                                                                name,
                                                                event.getClass().getSimpleName(),
                                                                name(next)));
                            }
                        });
        return table.toString();
    }

    private static String name(RecoveryState state) {
        return states().entrySet().stream()
                .filter(one -> one.getValue().getClass() == state.getClass())
                .filter(one -> same(one.getValue(), state))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static boolean same(RecoveryState left, RecoveryState right) {
        return switch (left) {
            case RecoveryState.EmergencyOperation one ->
                    one.down() == ((RecoveryState.EmergencyOperation) right).down();
            case RecoveryState.Blocked one ->
                    one.machineId().isPresent()
                            == ((RecoveryState.Blocked) right).machineId().isPresent();
            default -> true;
        };
    }

    private static void row(StringBuilder table, Object... cells) {
        for (Object cell : cells) {
            table.append("| ").append(cell).append(' ');
        }
        table.append("|\n");
    }

    /** With an image that can be started and a connected agent. */
    private static String possibilities() {
        StringBuilder table = new StringBuilder("| state |");
        StringBuilder line = new StringBuilder("|---|");
        for (Action action : Action.values()) {
            table.append(' ').append(action.text(Locale.ENGLISH)).append(" |");
            line.append("---|");
        }
        table.append('\n').append(line).append('\n');
        Possibilities.Circumstances around =
                new Possibilities.Circumstances(Optional.empty(), true, false);
        states().forEach(
                        (name, state) -> {
                            List<Object> cells = new ArrayList<>(List.of(name));
                            for (Action action : Action.values()) {
                                cells.add(
                                        Possibilities.whyNot(action, course(state), around)
                                                .map(why -> "`" + why.code() + "`")
                                                .orElse("**yes**"));
                            }
                            row(table, cells.toArray());
                        });
        return table.toString();
    }

    private static Course course(RecoveryState state) {
        Course normal = Course.begin("s", Instant.EPOCH);
        return new Course(
                "s",
                state,
                Instant.EPOCH,
                normal.operation(),
                normal.measured(),
                normal.provedToStartAt());
    }

    private static String plans() {
        StandbyPlans plans = new SimulatedStandby(new SimulatedWorld()).plans();
        StringBuilder table =
                new StringBuilder(
                        "| plan | steps in order, **commit step** (limit) |\n|---|---|\n");
        for (PlanKind kind : PlanKind.values()) {
            Plan plan = plans.plan(kind);
            row(
                    table,
                    kind,
                    plan.steps().stream()
                            .map(step -> step(step, plan.commitStep()))
                            .collect(Collectors.joining(", ")));
        }
        return table.toString();
    }

    private static String step(Plan.Planned planned, String commit) {
        String id = planned.step().id();
        String limit = planned.limit().isZero() ? "" : " (" + planned.limit().toMinutes() + " min)";
        return (id.equals(commit) ? "**" + id + "**" : id) + limit;
    }

    private static String rule() {
        StringBuilder table =
                new StringBuilder(
                        "| kinds that saw life | kinds that saw nothing | conclusion | start |\n"
                                + "|---|---|---|---|\n");
        for (int alive = 0; alive <= 1; alive++) {
            for (int gone = 0; gone <= 3; gone++) {
                List<Verdict> verdicts = new ArrayList<>();
                IntStream.range(0, alive)
                        .forEach(i -> verdicts.add(verdict("a" + i, Verdict.Answer.POSITIVE)));
                IntStream.range(0, gone)
                        .forEach(i -> verdicts.add(verdict("g" + i, Verdict.Answer.NEGATIVE)));
                verdicts.add(verdict("u", Verdict.Answer.INCONCLUSIVE));
                GoneRule.Conclusion conclusion = new GoneRule(2).conclude(verdicts);
                row(
                        table,
                        alive == 0 ? "none" : "1 or more",
                        gone == 3 ? "3 or more" : gone,
                        "`" + conclusion.reason().code() + "`",
                        conclusion.proved()
                                ? "goes on"
                                : alive == 0
                                        ? "refused; a person may confirm `gone.not-proved`"
                                        : "refused; nobody can confirm it away");
            }
        }
        return table.toString();
    }

    private static Verdict verdict(String kind, Verdict.Answer answer) {
        return new Verdict(kind, "x", answer, SimulatedWorld.broken(), Duration.ofMillis(1));
    }

    @Test
    void theRuleHoldsForEveryCombinationOfAnswers() {
        Verdict.Answer[] answers = Verdict.Answer.values();
        for (int code = 0; code < 729; code++) {
            List<Verdict> verdicts = new ArrayList<>();
            int rest = code;
            int gone = 0;
            boolean alive = false;
            for (int kind = 0; kind < 6; kind++) {
                Verdict.Answer answer = answers[rest % 3];
                rest /= 3;
                verdicts.add(verdict("kind-" + kind, answer));
                gone += answer == Verdict.Answer.NEGATIVE ? 1 : 0;
                alive |= answer == Verdict.Answer.POSITIVE;
            }
            assertEquals(
                    !alive && gone >= 2,
                    new GoneRule(2).conclude(verdicts).proved(),
                    "" + verdicts);
        }
    }

    @Test
    void theTablesOfTheManualAreWhatTheCodeDoes() throws IOException {
        Path file = manual();
        String text = Files.readString(file);
        String wanted = text;
        Map<String, String> tables =
                Map.of(
                        "transitions", transitions(),
                        "possibilities", possibilities(),
                        "plans", plans(),
                        "rule", rule());
        for (Map.Entry<String, String> table : tables.entrySet()) {
            String begin = "<!-- " + table.getKey() + ": written by RecoveryDocTest -->\n";
            int from = wanted.indexOf(begin);
            assertTrue(from >= 0, table.getKey());
            from += begin.length();
            int to = wanted.indexOf("<!-- end -->", from);
            wanted = wanted.substring(0, from) + table.getValue() + wanted.substring(to);
        }
        if (System.getenv("STANDFEST_WRITE_DOCS") != null) {
            Files.writeString(file, wanted);
            return;
        }
        assertEquals(wanted, text);
    }

    private static Path manual() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/recovery.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/recovery.md");
    }
}
