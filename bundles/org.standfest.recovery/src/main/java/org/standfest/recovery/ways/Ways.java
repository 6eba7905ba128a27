package org.standfest.recovery.ways;

import org.standfest.management.ReplacementModel;
import org.standfest.management.ReplacementWay;
import org.standfest.management.SystemReplacement;
import org.standfest.recovery.Facts;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.Sleeper;
import org.standfest.recovery.StepRun;
import org.standfest.recovery.plans.PartnerStep;
import org.standfest.recovery.plans.PartnerStep.Place;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The classic model's places and the branch model's three ways as steps of the plans. Safe for any
 * thread.
 */
public final class Ways {

    /** The step of a return that waits until the spare machine stands in the branch. */
    public static final String SWAP_STEP = "partner-swap";

    /** Fact: a person has said that the spare machine stands in the branch: {@code true}. */
    public static final String SWAPPED = "swapped";

    /** The code that a person confirms to go before more important systems. */
    public static final String AFTER_OTHERS = "way.after-others";

    private static final Set<PlanKind> TO_THE_STANDBY =
            Set.of(PlanKind.ACTIVATION, PlanKind.SWITCH);
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration JOURNEY = Duration.ofDays(30);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 5;

    private final Surroundings around;
    private final PlaceBook places;
    private final Sleeper sleeper;

    /** With what they look at, and who has a place. */
    public Ways(Surroundings around, PlaceBook places, Sleeper sleeper) {
        this.around = Objects.requireNonNull(around);
        this.places = Objects.requireNonNull(places);
        this.sleeper = Objects.requireNonNull(sleeper);
    }

    /** The steps; each is left out of the plans of systems that do not need it. */
    public List<PartnerStep> steps() {
        return List.of(
                new WayStep(
                        "partner-1-place",
                        Place.BEFORE_ALL,
                        TO_THE_STANDBY,
                        SHORT,
                        _ -> needed(model -> model.places() > 0),
                        run -> places.take(run.systemId(), run.confirmed(AFTER_OTHERS)),
                        run -> places.giveBack(run.systemId())),
                new WayStep(
                        "partner-2-vpn",
                        Place.BEFORE_ALL,
                        TO_THE_STANDBY,
                        SHORT,
                        id -> begins(id, ReplacementWay.VPN),
                        this::reach,
                        _ -> Outcome.done()),
                new WayStep(
                        "partner-2-carry",
                        Place.BEFORE_ALL,
                        TO_THE_STANDBY,
                        JOURNEY,
                        id -> begins(id, ReplacementWay.CARRIED),
                        this::arrive,
                        _ -> Outcome.done()),
                new WayStep(
                        SWAP_STEP,
                        Place.BEFORE_WINDOW,
                        Set.of(PlanKind.RETURN),
                        JOURNEY,
                        id -> needed(model -> model.of(id).ways().contains(ReplacementWay.SPARE)),
                        this::swap,
                        _ -> Outcome.done()));
    }

    /** What cannot be read is needed: the step then says why it cannot be done. */
    private boolean needed(Predicate<ReplacementModel> rule) {
        return around.model().result().map(rule::test).orElse(true);
    }

    private boolean begins(String systemId, ReplacementWay way) {
        return way(systemId).result().filter(one -> one.first() == way).isPresent();
    }

    private Outcome<SystemReplacement> way(String systemId) {
        return around.model().map(model -> model.of(systemId));
    }

    private Outcome<Void> reach(StepRun run) {
        return way(run.systemId()).then(way -> reach(run, way.gateway()));
    }

    private Outcome<Void> reach(StepRun run, String gateway) {
        int[] left = {ATTEMPTS};
        Outcome<Void> reached = until(run, () -> around.answers(gateway) || --left[0] <= 0);
        return !reached.isDone() || left[0] > 0
                ? reached
                : Outcome.refused(WayTexts.explain("way.no-vpn", run.systemId(), gateway));
    }

    private Outcome<Void> arrive(StepRun run) {
        return way(run.systemId())
                .then(
                        way ->
                                until(
                                        run,
                                        () ->
                                                around.standsIn(way.network())
                                                        && around.answers(way.gateway())));
    }

    private Outcome<Void> swap(StepRun run) {
        String agent = run.fact(Facts.AGENT).orElse("");
        return around.model()
                .then(
                        model ->
                                model.spares().contains(agent)
                                        ? until(run, () -> swapped(run, agent))
                                        : Outcome.done());
    }

    private boolean swapped(StepRun run, String agent) {
        return run.fact(SWAPPED).filter("true"::equals).isPresent() && around.connected(agent);
    }

    private Outcome<Void> until(StepRun run, BooleanSupplier reached) {
        while (!reached.getAsBoolean()) {
            if (run.cancelled()) {
                return run.cancelledOutcome();
            }
            try {
                sleeper.sleep(PAUSE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return run.cancelledOutcome();
            }
        }
        return Outcome.done();
    }

    /** Why a system could not be replaced in its way now; empty if it could. */
    public Optional<Explanation> problem(String systemId) {
        Outcome<Optional<Explanation>> place = places.whyNot(systemId, false);
        Outcome<SystemReplacement> way = way(systemId);
        return place.problem()
                .or(way::problem)
                .or(place::orThrow)
                .or(() -> unreached(systemId, way.orThrow()));
    }

    private Optional<Explanation> unreached(String systemId, SystemReplacement way) {
        return way.first() == ReplacementWay.VPN && !around.answers(way.gateway())
                ? Optional.of(WayTexts.explain("way.no-vpn", systemId, way.gateway()))
                : Optional.empty();
    }

    /** What a person's word that the spare machine stands in the branch changes. */
    public static Map<String, String> swapped() {
        return Map.of(SWAPPED, "true");
    }
}
