package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.faulttree.internal.Module.Range;
import org.standfest.analysis.faulttree.internal.Simplifier.Rooted;
import org.standfest.analysis.faulttree.internal.Simplifier.Simplified;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Guaranteed bounds for the probability of a formula that is too entangled for a decision diagram:
 * each module is compiled twice, once rounded down and once up, with a tolerance that shrinks until
 * the bounds are close enough. Used by one thread; works in two.
 */
public final class Enclosure {

    private static final int ROOM = 100_000;
    private static final int ROOM_FIRST = 3_000;
    private static final int ROUNDS_MAX = 20;
    private static final double PULL_MIN = 1e-300;
    private static final int GROWTH = 4;
    private static final int ORDERS_KEPT = 2;

    private final int nodesMax;
    private final double widthWanted;
    private final BooleanSupplier stop;

    /**
     * @param nodesMax the most nodes of one diagram
     * @param widthWanted how far the bounds may lie apart, relative to the upper one
     * @param stop asked often, by several threads; what was found until then counts
     */
    public Enclosure(int nodesMax, double widthWanted, BooleanSupplier stop) {
        this.nodesMax = nodesMax;
        this.widthWanted = widthWanted;
        this.stop = stop;
    }

    private record Attempt(int[] order, Range range, boolean exact) {}

    /**
     * Bounds for what a literal stands for.
     *
     * @param probabilities by index of the variable, 0 to 1
     */
    public Enclosed of(Formula formula, int literal, double[] probabilities) {
        Simplified simplified = Simplifier.simplify(formula, literal);
        Rooted whole = simplified.whole();
        Formula f = whole.formula();
        int root = whole.rootNode();
        int[] fanOut = Simplifier.fanOut(whole);
        boolean[] isModule = Modules.find(whole);
        boolean[] flipped = new boolean[isModule.length];
        int[] scratch = new int[isModule.length];
        Range[] ranges = new Range[root + 1];
        Module[] modules = new Module[root + 1];
        ranges[0] = Range.exactly(0, 1);
        for (int node = 1; node <= root; node++) {
            if (f.kind(node) == Formula.Kind.VARIABLE) {
                double p = probabilities[simplified.events()[f.index(node)]];
                ranges[node] = Range.exactly(p, 1 - p);
            } else if (fanOut[node] > 0 && isModule[node]) {
                Part part = Part.of(f, node, isModule, flipped, scratch);
                Range[] leaves = new Range[part.leafCount()];
                Module[] inner = new Module[part.leafCount()];
                for (int i = 0; i < leaves.length; i++) {
                    leaves[i] = ranges[part.leaves()[i]];
                    inner[i] = leaves[i].isExact() ? null : modules[part.leaves()[i]];
                }
                ranges[node] = range(part, leaves);
                modules[node] = new Module(part, PartBounds.ways(part), inner, ranges[node]);
            }
        }
        return new Enclosed(ranges[root], modules[root], (whole.root() & 1) == 0);
    }

    private Range range(Part part, Range[] leaves) {
        Orders orders = new Orders(part);
        List<int[]> field = new ArrayList<>();
        for (Orders.Kind kind : Orders.Kind.values()) {
            field.add(orders.order(kind));
        }
        double[] pull = pull(part, leaves);
        Range best = Range.UNKNOWN;
        double share = 1;
        int room = ROOM_FIRST;
        for (int round = 0; round < ROUNDS_MAX && !stop.getAsBoolean(); round++) {
            List<Attempt> attempts = new ArrayList<>();
            for (int[] order : field) {
                Attempt attempt =
                        attempt(part, leaves, order, pulls(pull, best.rare()), share, room);
                best = best.and(attempt.range);
                if (attempt.exact || best.width() <= widthWanted || stop.getAsBoolean()) {
                    return best.orIfUnknown(QuickBounds.of(part, leaves, PartBounds.ways(part)));
                }
                attempts.add(attempt);
            }
            attempts.sort(Comparator.comparingDouble(it -> it.range.width()));
            field = attempts.stream().limit(ORDERS_KEPT).map(Attempt::order).toList();
            share /= GROWTH;
            room = Math.min(ROOM, room * GROWTH);
        }
        return best.orIfUnknown(QuickBounds.of(part, leaves, PartBounds.ways(part)));
    }

    /**
     * How strongly each node moves the root, as if all nodes were independent: only an estimate, it
     * decides where precision is spent.
     */
    private static double[] pull(Part part, Range[] leaves) {
        double[] p = new double[part.size()];
        for (int i = 0; i < leaves.length; i++) {
            p[i] = (leaves[i].lower() + leaves[i].upper()) / 2;
        }
        for (int node = leaves.length; node < p.length; node++) {
            p[node] = gate(part, node, p, -1, 0);
        }
        double[] pull = new double[p.length];
        pull[part.root()] = 1;
        for (int node = part.root(); node >= leaves.length; node--) {
            int[] arguments = part.argumentsOf(node);
            for (int i = 0; i < arguments.length; i++) {
                double moved = gate(part, node, p, i, 1) - gate(part, node, p, i, 0);
                pull[arguments[i] >>> 1] += pull[node] * Math.abs(moved);
            }
        }
        return pull;
    }

    /** What a loss of each node's probability counts, relative to what is looked for. */
    private static double[] pulls(double[] pull, double rare) {
        double[] pulls = pull.clone();
        for (int i = 0; i < pulls.length; i++) {
            pulls[i] = Math.max(pulls[i], PULL_MIN) / rare;
        }
        return pulls;
    }

    /** The probability of a gate if its arguments were independent, one of them fixed. */
    private static double gate(Part part, int node, double[] p, int fixed, double value) {
        int[] arguments = part.argumentsOf(node);
        int g = node - part.leafCount();
        boolean xor = part.kinds()[g] == Formula.Kind.XOR;
        double[] exactly = new double[arguments.length + 1];
        exactly[0] = 1;
        for (int i = 0; i < arguments.length; i++) {
            double given = p[arguments[i] >>> 1];
            double is = i == fixed ? value : (arguments[i] & 1) == 0 ? given : 1 - given;
            for (int j = i + 1; j >= 0; j--) {
                exactly[j] = exactly[j] * (1 - is) + (j > 0 ? exactly[j - 1] * is : 0);
            }
        }
        if (xor) {
            return exactly[1];
        }
        boolean all = part.kinds()[g] == Formula.Kind.AND;
        double sum = 0;
        for (int j = all ? arguments.length : part.thresholds()[g]; j < exactly.length; j++) {
            sum += exactly[j];
        }
        return sum;
    }

    private Attempt attempt(
            Part part, Range[] leaves, int[] order, double[] pulls, double share, int room) {
        int[] ways = PartBounds.ways(part);
        for (int i = 0; i < leaves.length; i++) {
            if (ways[i] == 3 && leaves[i].lower() != leaves[i].upper()) {
                return new Attempt(order, Range.UNKNOWN, false);
            }
        }
        double[][] found = {{0, 1}, {1, 0}};
        boolean[] exact = new boolean[2];
        BoundDiagram[] made = new BoundDiagram[2];
        AtomicInteger next = new AtomicInteger();
        Race.runAll(
                () -> {
                    int side = next.getAndIncrement();
                    double[][] p = side(leaves, ways, side == 1);
                    Budget budget = new Budget(nodesMax, Long.MAX_VALUE, stop);
                    PartBounds bounds =
                            new PartBounds(
                                    part, order, p, ways, pulls, share, side == 1, room, budget);
                    try {
                        found[side] = bounds.compile();
                        exact[side] = !bounds.isRounded();
                        made[side] = bounds.diagram();
                    } catch (Budget.Exhausted over) {
                        exact[side] = false;
                    }
                },
                2);
        Range range =
                new Range(found[0][0], found[0][1], found[1][0], found[1][1], made[0], made[1]);
        return new Attempt(order, range, exact[0] && exact[1]);
    }

    /** Probabilities of the leaves and their complements, on the side that the bound asks for. */
    private static double[][] side(Range[] leaves, int[] ways, boolean up) {
        double[][] p = {new double[leaves.length], new double[leaves.length]};
        for (int i = 0; i < leaves.length; i++) {
            boolean upper = up == (ways[i] == 1);
            p[0][i] = upper ? leaves[i].upper() : leaves[i].lower();
            p[1][i] = upper ? leaves[i].notUpper() : leaves[i].notLower();
        }
        return p;
    }
}
