package org.standfest.analysis.faulttree;

import org.standfest.analysis.faulttree.internal.Block;
import org.standfest.analysis.faulttree.internal.Blocks;
import org.standfest.analysis.faulttree.internal.Budget;
import org.standfest.analysis.faulttree.internal.Evaluation;
import org.standfest.analysis.faulttree.internal.Family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A solved structure: which combinations of events bring about the top event, as decision diagrams
 * of its modules. Probabilities come from outside, so that one solution serves many questions.
 * Immutable but for the cut sets it keeps once they were asked for; safe for any thread.
 */
public final class StructureFunction {

    private static final double ONE_NEARLY = 0.999;

    private final Blocks blocks;
    private final SolveLimits limits;
    private CutSets cutSets;

    StructureFunction(Blocks blocks, SolveLimits limits) {
        this.blocks = blocks;
        this.limits = limits;
    }

    /** Whether it is always true or never. */
    public boolean isConstant() {
        return blocks.blocks().isEmpty();
    }

    /** Whether the occurrence of an event can never undo the top event. */
    public boolean isCoherent() {
        return (isConstant() || !blocks.negated())
                && blocks.blocks().stream().allMatch(Block::monotone);
    }

    /** How many nodes the diagrams of all modules have. */
    public long nodes() {
        return blocks.blocks().stream().mapToLong(it -> it.diagram().levels().length).sum();
    }

    /** How many modules it was taken apart into. */
    public int modules() {
        return blocks.blocks().size();
    }

    /** The events that occur in it, ascending. */
    public int[] events() {
        return blocks.events().clone();
    }

    /** Values of the events that occur, in their order. */
    private double[] picked(double[] byIndex) {
        int[] events = blocks.events();
        double[] picked = new double[events.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = byIndex[events[i]];
        }
        return picked;
    }

    /**
     * The probability of the top event, exactly but for rounding.
     *
     * @param probabilities by index of the event, each 0 to 1
     */
    public Probability probability(double[] probabilities) {
        double[] p = picked(probabilities);
        return evaluated(p, complements(p));
    }

    /**
     * The probability of the top event where the complements are known better than as one minus the
     * probability.
     */
    public Probability probability(double[] probabilities, double[] complements) {
        return evaluated(picked(probabilities), picked(complements));
    }

    private Probability evaluated(double[] probabilities, double[] complements) {
        if (isConstant()) {
            return blocks.negated() ? new Probability(1, 0) : new Probability(0, 1);
        }
        return of(new Evaluation(blocks, probabilities, complements));
    }

    private Probability of(Evaluation evaluation) {
        int last = blocks.blocks().size() - 1;
        double is = evaluation.probabilityOf(last);
        double isNot = evaluation.complementOf(last);
        return blocks.negated() ? new Probability(isNot, is) : new Probability(is, isNot);
    }

    private static double[] complements(double[] probabilities) {
        double[] complements = new double[probabilities.length];
        for (int i = 0; i < complements.length; i++) {
            complements[i] = 1 - probabilities[i];
        }
        return complements;
    }

    /**
     * How fast the top event's probability rises with each event's: Birnbaum's measure.
     *
     * @return in the order of {@link #events}
     */
    public double[] derivatives(double[] probabilities) {
        double[] p = picked(probabilities);
        return derivatives(new Evaluation(blocks, p, complements(p)));
    }

    private double[] derivatives(Evaluation evaluation) {
        double[] derivatives = evaluation.derivatives();
        for (int i = 0; blocks.negated() && i < derivatives.length; i++) {
            derivatives[i] = -derivatives[i];
        }
        return derivatives;
    }

    /** The importance of every event that matters, by criticality, the highest first. */
    public List<Importance> importances(double[] probabilities) {
        if (isConstant()) {
            return List.of();
        }
        double[] all = picked(probabilities);
        Evaluation evaluation = new Evaluation(blocks, all, complements(all));
        return importances(all, of(evaluation).value(), derivatives(evaluation));
    }

    private List<Importance> importances(double[] all, double top, double[] birnbaum) {
        List<Importance> result = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            double p = all[i];
            double critical = p * birnbaum[i] / top;
            double given = top + (1 - p) * birnbaum[i];
            double without = top - p * birnbaum[i];
            if (critical > ONE_NEARLY) {
                without = conditioned(all, i, 0);
            }
            result.add(
                    new Importance(
                            blocks.events()[i],
                            birnbaum[i],
                            critical,
                            p * given / top,
                            given / top,
                            without <= 0 ? Double.POSITIVE_INFINITY : top / without));
        }
        result.sort(
                (a, b) ->
                        a.criticality() == b.criticality()
                                ? Integer.compare(a.event(), b.event())
                                : Double.compare(b.criticality(), a.criticality()));
        return result;
    }

    private double conditioned(double[] probabilities, int event, double value) {
        double[] changed = probabilities.clone();
        changed[event] = value;
        return evaluated(changed, complements(changed)).value();
    }

    /**
     * Long-run behaviour when every event is a repairable component, independent of the others
     * (Murchland 1975; Schneeweiss 1981): the system fails as often as a component fails while it
     * is critical. For coherent structures.
     *
     * @param unavailabilities share of time in which each component is down
     * @param availabilities share of time in which each is up
     * @param failuresPerHour how often each goes down, per hour of calendar time: availability /
     *     mean up time
     */
    public Renewal renewal(
            double[] unavailabilities, double[] availabilities, double[] failuresPerHour) {
        if (isConstant()) {
            return always(failuresPerHour);
        }
        Evaluation evaluation =
                new Evaluation(blocks, picked(unavailabilities), picked(availabilities));
        return renewal(of(evaluation), derivatives(evaluation), picked(failuresPerHour));
    }

    private Renewal always(double[] failuresPerHour) {
        double[] none = picked(failuresPerHour);
        return new Renewal(blocks.negated() ? 1 : 0, blocks.negated() ? 0 : 1, 0, none);
    }

    private static Renewal renewal(Probability top, double[] birnbaum, double[] initiators) {
        double sum = 0;
        for (int i = 0; i < initiators.length; i++) {
            initiators[i] *= birnbaum[i];
            sum += initiators[i];
        }
        for (int i = 0; sum > 0 && i < initiators.length; i++) {
            initiators[i] /= sum;
        }
        return new Renewal(top.value(), top.complement(), sum, initiators);
    }

    /**
     * {@link #renewal} and {@link #importances} at the cost of one.
     *
     * @param unavailabilities as in {@link #renewal}, like the others
     */
    public Assessment assess(
            double[] unavailabilities, double[] availabilities, double[] failuresPerHour) {
        if (isConstant()) {
            return new Assessment(always(failuresPerHour), List.of());
        }
        double[] down = picked(unavailabilities);
        Evaluation evaluation = new Evaluation(blocks, down, picked(availabilities));
        Probability top = of(evaluation);
        double[] birnbaum = derivatives(evaluation);
        return new Assessment(
                renewal(top, birnbaum, picked(failuresPerHour)),
                importances(down, top.value(), birnbaum));
    }

    /**
     * All minimal cut sets, packed; nothing when they are beyond the limits. Found once.
     *
     * @param watcher may cancel it
     */
    public synchronized Optional<CutSets> cutSets(Watcher watcher) {
        if (cutSets == null) {
            List<Family> families = new ArrayList<>();
            List<Block> all = blocks.blocks();
            for (int i = 0; i < all.size(); i++) {
                Optional<Family> family =
                        all.get(i)
                                .family(
                                        blocks.negated() && i == all.size() - 1,
                                        new Budget(
                                                limits.nodesMax(),
                                                Long.MAX_VALUE,
                                                watcher::cancelled));
                if (family.isEmpty()) {
                    return Optional.empty();
                }
                families.add(family.get());
            }
            cutSets = new CutSets(all, families, blocks.events(), isConstant() && blocks.negated());
        }
        return Optional.of(cutSets);
    }
}
