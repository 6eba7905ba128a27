package org.standfest.restore.ui.internal.overview;

import org.standfest.management.Action;
import org.standfest.management.OperationStatus;
import org.standfest.management.PossibleAction;
import org.standfest.management.Reason;
import org.standfest.management.SessionInfo;
import org.standfest.management.SystemKind;
import org.standfest.management.SystemState;
import org.standfest.management.SystemStatus;
import org.standfest.management.guide.GuideKind;
import org.standfest.restore.ui.internal.guide.RemainingTime;
import org.standfest.restore.ui.internal.overview.SystemCard.Choice;
import org.standfest.restore.ui.internal.overview.SystemCard.Progress;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.HumanSize;
import org.standfest.workbench.ui.look.HumanTime;
import org.standfest.workbench.ui.look.Light;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the cards of all systems, the worst first. Immutable. */
public final class CardWriter {

    private static final Catalog TEXTS = Catalog.beside(CardWriter.class);
    private final HumanTime time;
    private final Locale locale;

    /**
     * @param time the reader's words for time; its locale is that of all texts
     */
    public CardWriter(HumanTime time) {
        this.time = time;
        this.locale = time.locale();
    }

    /**
     * All cards.
     *
     * @param seen what the standby told
     * @param now this program's clock; ages go on while the standby does not answer
     */
    public List<SystemCard> cards(Glance.Seen seen, Instant now) {
        Duration since = Duration.between(seen.seenAt(), now);
        return seen.systems().stream()
                .map(system -> card(system, seen, since))
                .sorted(
                        Comparator.comparing(SystemCard::light)
                                .thenComparing(card -> card.primary().isEmpty())
                                .thenComparing(SystemCard::name, String.CASE_INSENSITIVE_ORDER)
                                .thenComparing(SystemCard::id))
                .toList();
    }

    /** One sentence about all of them. */
    public String summary(Glance.Seen seen) {
        Map<Light, Integer> counts = counts(seen);
        int all = seen.systems().size();
        if (all == 0) {
            return text("summary.none");
        }
        if (counts.getOrDefault(Light.IN_ORDER, 0) == all) {
            return text(all == 1 ? "summary.one-fine" : "summary.all-fine", all);
        }
        return text(all == 1 ? "summary.one" : "summary", all, words(counts));
    }

    /** How many are not in order, and why, in a few words; empty if all are. */
    public String notInOrder(Glance.Seen seen) {
        Map<Light, Integer> counts = counts(seen);
        counts.remove(Light.IN_ORDER);
        return words(counts);
    }

    private static Map<Light, Integer> counts(Glance.Seen seen) {
        Map<Light, Integer> counts = new EnumMap<>(Light.class);
        seen.systems().forEach(system -> counts.merge(light(system), 1, Integer::sum));
        return counts;
    }

    private String words(Map<Light, Integer> counts) {
        return counts.entrySet().stream()
                .map(one -> text("summary." + one.getKey().name(), one.getValue()))
                .collect(Collectors.joining(", "));
    }

    private SystemCard card(SystemStatus system, Glance.Seen seen, Duration since) {
        Instant standbyNow = seen.facts().now().plus(since);
        Optional<OperationStatus> operation =
                Optional.ofNullable(seen.operations().get(system.id()))
                        .filter(status -> !status.state().finished());
        List<Choice> choices = choices(system);
        Optional<Choice> primary =
                operation.isPresent() ? Optional.empty() : primary(system, choices);
        return new SystemCard(
                system.id(),
                system.name(),
                system.kind() == SystemKind.FILES,
                light(system),
                state(system),
                sentence(system, since, standbyNow),
                facts(system, standbyNow),
                primary,
                choices.stream().filter(choice -> !primary.equals(Optional.of(choice))).toList(),
                operation.map(this::progress));
    }

    /** The light of a system. */
    static Light light(SystemStatus system) {
        return switch (system.state()) {
            case NORMAL_OPERATION ->
                    system.lastPoint().isEmpty() || !system.agentConnected()
                            ? Light.ATTENTION
                            : Light.IN_ORDER;
            case OUTAGE, BLOCKED -> Light.DOWN;
            case RESTART, EMERGENCY_OPERATION -> Light.EMERGENCY;
            case RESTORATION, RETURN, REHEARSAL -> Light.PLANNED;
        };
    }

    private String state(SystemStatus system) {
        String words = system.state().text(locale);
        if (light(system) != Light.ATTENTION) {
            return words;
        }
        return text(system.lastPoint().isEmpty() ? "state.unprotected" : "state.silent", words);
    }

    private String sentence(SystemStatus system, Duration since, Instant now) {
        String age = age(system, since);
        boolean copy = system.lastPoint().isPresent();
        return switch (system.state()) {
            case NORMAL_OPERATION -> {
                if (!copy) {
                    yield text("sentence.no-copy");
                }
                if (!system.agentConnected()) {
                    yield text("sentence.no-agent", age);
                }
                if (system.kind() == SystemKind.FILES) {
                    yield text("sentence.files", age);
                }
                yield system.provedToStartAt()
                        .map(at -> text("sentence.ready-proved", age, time.moment(at, now)))
                        .orElseGet(() -> text("sentence.ready", age));
            }
            case OUTAGE -> text(copy ? "sentence.outage" : "sentence.outage-no-copy", age);
            case RESTART -> text("sentence.restart");
            case EMERGENCY_OPERATION ->
                    text("sentence.emergency", time.moment(system.since(), now));
            case RESTORATION -> text("sentence.restoration");
            case RETURN -> text("sentence.return");
            case REHEARSAL -> text("sentence.rehearsal");
            case BLOCKED ->
                    system.reason()
                            .map(why -> why.happened() + " " + why.next())
                            .orElseGet(() -> text("sentence.blocked"));
        };
    }

    /** What helps most: a first copy, a proof that it starts, or a way when it fails. */
    private static Action inNormalOperation(SystemStatus system) {
        if (system.lastPoint().isEmpty() || system.kind() == SystemKind.FILES) {
            return Action.REPLICATE;
        }
        return system.provedToStartAt().isEmpty() ? Action.REHEARSE : Action.REPORT_OUTAGE;
    }

    private String age(SystemStatus system, Duration since) {
        return time.age(Duration.ofMillis(Math.max(0, system.ageMillis())).plus(since));
    }

    private List<String> facts(SystemStatus system, Instant now) {
        List<String> facts = new ArrayList<>();
        system.lastPoint()
                .ifPresent(
                        point -> {
                            String when = time.moment(point.takenAt(), now);
                            facts.add(text("fact.point", when));
                            facts.add(HumanSize.of(point.sizeBytes(), locale));
                        });
        if (system.lastPoint().isEmpty()) {
            facts.add(text("fact.no-point"));
        }
        system.lastSession().ifPresent(session -> facts.add(session(session)));
        if (system.state() == SystemState.NORMAL_OPERATION && !system.agentConnected()) {
            facts.add(text("fact.no-agent"));
        }
        return facts;
    }

    private String session(SessionInfo session) {
        return text(
                "fact.session",
                HumanSize.of(session.bytesSent(), locale),
                time.duration(Duration.ofMillis(Math.max(1000, session.tookMillis()))));
    }

    private List<Choice> choices(SystemStatus system) {
        List<Choice> choices = new ArrayList<>();
        for (PossibleAction possible : system.actions()) {
            String whyNot = possible.whyNot().map(Reason::happened).orElse("");
            choices.add(new Choice(possible.action(), possible.action().text(locale), whyNot));
        }
        return choices;
    }

    private static Optional<Choice> primary(SystemStatus system, List<Choice> choices) {
        List<Action> wanted =
                switch (system.state()) {
                    case NORMAL_OPERATION -> List.of(inNormalOperation(system));
                    case OUTAGE -> List.of(Action.ACTIVATE);
                    case EMERGENCY_OPERATION -> List.of(Action.RETURN);
                    case RESTART, RESTORATION, RETURN, REHEARSAL, BLOCKED -> List.of();
                };
        return choices.stream()
                .filter(Choice::possible)
                .filter(choice -> wanted.contains(choice.action()))
                .findFirst();
    }

    private Progress progress(OperationStatus operation) {
        String step =
                text(
                        "progress.step",
                        Math.max(1, operation.stepNumber()),
                        operation.stepCount(),
                        operation.stepName());
        String words =
                operation
                        .remainingMillis()
                        .map(
                                millis ->
                                        text(
                                                "progress.remaining",
                                                step,
                                                time.duration(Duration.ofMillis(millis))))
                        .orElse(step);
        return new Progress(
                operation.id(),
                words,
                RemainingTime.percent(operation),
                operation.cancellable(),
                GuideKind.of(operation.action()).isPresent());
    }

    /** The question and its consequence before an action is begun. */
    public Question question(SystemCard card, Action action) {
        String key = "ask." + action.name();
        return new Question(
                text(key, card.name()), text(key + ".means"), text(key + ".do", card.name()));
    }

    /**
     * What is asked before something is begun.
     *
     * @param title the question
     * @param means what will happen, and what cancel leaves
     * @param button what the button says
     */
    public record Question(String title, String means, String button) {}

    private String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }
}
