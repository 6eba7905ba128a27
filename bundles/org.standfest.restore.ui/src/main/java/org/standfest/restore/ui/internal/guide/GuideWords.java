package org.standfest.restore.ui.internal.guide;

import org.standfest.management.Action;
import org.standfest.management.Contact;
import org.standfest.management.OperationStatus;
import org.standfest.management.PlanStepView;
import org.standfest.management.PossibleAction;
import org.standfest.management.ReadinessCheck;
import org.standfest.management.Reason;
import org.standfest.management.StepState;
import org.standfest.management.StepStatus;
import org.standfest.management.SystemStatus;
import org.standfest.management.WitnessReport;
import org.standfest.restore.ui.internal.guide.GuidePage.Call;
import org.standfest.restore.ui.internal.guide.GuidePage.Fact;
import org.standfest.restore.ui.internal.guide.GuidePage.Work;
import org.standfest.restore.ui.internal.guide.GuidePage.WorkStep;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.HumanTime;
import org.standfest.workbench.ui.look.Light;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the pages of all guides have in common. Immutable. */
final class GuideWords {

    private static final Catalog TEXTS = Catalog.beside(GuideWords.class);

    /** The check whose finding has a line of its own on every page. */
    private static final String PROOF = "proof";

    private final HumanTime time;

    GuideWords(HumanTime time) {
        this.time = time;
    }

    HumanTime time() {
        return time;
    }

    String text(String key, Object... arguments) {
        return TEXTS.text(time.locale(), key, arguments);
    }

    GuidePage.Builder page(GuideState state, SystemStatus system) {
        return page(state, state.step().title(time.locale(), system.name()));
    }

    /** A page of a step under another title, for what went otherwise. */
    GuidePage.Builder page(GuideState state, String title) {
        String place =
                text(
                        "place",
                        state.kind().text(time.locale()),
                        state.step().number(),
                        state.kind().steps().size());
        return new GuidePage.Builder(place, title);
    }

    String duration(long millis) {
        return time.duration(Duration.ofMillis(millis));
    }

    String moment(Instant instant, GuideFacts facts) {
        return time.moment(instant, facts.standby().now());
    }

    /** How long it took last time, or that nobody knows yet. */
    String lastTime(GuideFacts facts) {
        long last = facts.plan().lastMillis();
        return last < 0 ? text("last.never") : text("last", duration(last));
    }

    /** Why an action cannot be asked for now; empty if it can. */
    static String whyNot(SystemStatus system, Action action) {
        return system.action(action)
                .flatMap(PossibleAction::whyNot)
                .map(why -> why.happened() + " " + why.next())
                .orElse("");
    }

    /** Whom to call, and what to read out to them. */
    Call call(GuideFacts facts, String code) {
        return call(facts.contacts(), code);
    }

    /** Whom to call of these, and what to read out to them. */
    Call call(List<Contact> contacts, String code) {
        if (contacts.isEmpty()) {
            return new Call("", text("call.nobody"), text("call.code", code));
        }
        Contact first = contacts.getFirst();
        String who =
                first.duty().isBlank()
                        ? first.name()
                        : text("call.who", first.name(), first.duty());
        return new Call(first.phone(), who, text("call.code", code));
    }

    /** The plan before it is begun. */
    Work plan(GuideFacts facts) {
        List<WorkStep> steps = new ArrayList<>();
        for (PlanStepView step : facts.plan().steps()) {
            String last =
                    step.lastMillis() < 0
                            ? ""
                            : text("step.last", duration(Math.max(1000, step.lastMillis())));
            steps.add(new WorkStep(Light.UNKNOWN, word(StepState.WAITING), step.name(), last));
        }
        return new Work(-1, "", steps);
    }

    /** The steps of work that stands still. */
    Work still(OperationStatus operation) {
        return new Work(-1, "", operation.steps().stream().map(this::step).toList());
    }

    /** The work as it is. */
    Work work(GuideFacts facts, OperationStatus operation) {
        List<WorkStep> steps = operation.steps().stream().map(this::step).toList();
        String words =
                operation.state().finished()
                        ? ""
                        : text(
                                "work.step",
                                Math.max(1, operation.stepNumber()),
                                operation.stepCount(),
                                operation.stepName());
        Optional<Long> left = RemainingTime.of(operation, facts.plan());
        return new Work(
                operation.state().finished() ? -1 : RemainingTime.percent(operation),
                left.filter(_ -> !operation.state().finished())
                        .map(millis -> text("work.remaining", words, duration(millis)))
                        .orElse(words),
                steps);
    }

    private WorkStep step(StepStatus step) {
        Light light =
                switch (step.state()) {
                    case WAITING -> Light.UNKNOWN;
                    case RUNNING -> Light.EMERGENCY;
                    case DONE -> Light.IN_ORDER;
                    case FAILED, UNDO_FAILED -> Light.DOWN;
                    case UNDONE -> Light.ATTENTION;
                };
        String word = word(step.state());
        String detail =
                step.reason()
                        .map(Reason::happened)
                        .orElseGet(
                                () ->
                                        switch (step.state()) {
                                            case WAITING -> "";
                                            case DONE ->
                                                    step.tookMillis() < 1000
                                                            ? word
                                                            : text(
                                                                    "step.took",
                                                                    duration(step.tookMillis()));
                                            case RUNNING, UNDONE, FAILED, UNDO_FAILED -> word;
                                        });
        return new WorkStep(light, word, step.name(), detail);
    }

    private String word(StepState state) {
        return switch (state) {
            case WAITING -> text("step.waiting");
            case RUNNING -> text("step.now");
            case DONE -> text("step.done");
            case FAILED -> text("step.failed");
            case UNDONE -> text("step.undone");
            case UNDO_FAILED -> text("step.undo-failed");
        };
    }

    /** What the witnesses said, each with its reason in one sentence. */
    List<Fact> witnesses(OperationStatus operation) {
        List<Fact> facts = new ArrayList<>();
        for (WitnessReport report : operation.witnesses()) {
            Light light = light(report.verdict());
            facts.add(
                    new Fact(
                            light,
                            text("witness." + report.verdict().name()),
                            report.reason().happened()));
        }
        return facts;
    }

    /**
     * What stands against a start, or makes it worse than it could be; what is well is left out.
     */
    List<Fact> obstacles(GuideFacts facts) {
        return facts.readiness().stream()
                .flatMap(view -> view.checks().stream())
                .filter(check -> check.light() != WitnessReport.Light.GREEN)
                .filter(check -> !check.id().equals(PROOF))
                .map(this::obstacle)
                .toList();
    }

    private Fact obstacle(ReadinessCheck check) {
        Light light = light(check.light());
        return new Fact(light, text("obstacle." + check.light().name()), check.reason().happened());
    }

    private static Light light(WitnessReport.Light verdict) {
        return switch (verdict) {
            case GREEN -> Light.IN_ORDER;
            case YELLOW -> Light.ATTENTION;
            case RED -> Light.DOWN;
        };
    }
}
