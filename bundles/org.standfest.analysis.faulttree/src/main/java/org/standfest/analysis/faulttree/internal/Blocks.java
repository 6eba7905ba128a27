package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.faulttree.internal.Simplifier.Rooted;
import org.standfest.analysis.faulttree.internal.Simplifier.Simplified;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A formula taken apart into modules, each with its decision diagram.
 *
 * @param blocks those further down first; the last is the whole. Empty for a constant
 * @param negated whether the whole is the opposite of the last block; a constant: whether it is
 *     true
 * @param events the variables of the formula that occur, ascending; blocks count them from 0
 */
public record Blocks(List<Block> blocks, boolean negated, int[] events) {

    /** Who wants to know how far it is. */
    @FunctionalInterface
    public interface Progress {
        /** So many modules of so many are solved. */
        void at(int done, int of);
    }

    /**
     * Solves what a literal stands for; nothing when the limits or the caller ended it.
     *
     * @param race finds the diagram of each module
     * @param progress told after each module
     */
    public static Optional<Blocks> solve(
            Formula formula, int literal, Race race, Progress progress) {
        Simplified simplified = Simplifier.simplify(formula, literal);
        Rooted whole = Grouping.grouped(simplified.whole());
        int[] events = simplified.events();
        Formula f = whole.formula();
        int root = whole.rootNode();
        boolean rootNegated = (whole.root() & 1) != 0;
        if (root == 0) {
            return Optional.of(new Blocks(List.of(), rootNegated, new int[0]));
        }
        if (f.kind(root) == Formula.Kind.VARIABLE) {
            return Optional.of(
                    new Blocks(List.of(Block.single(f.index(root))), rootNegated, events));
        }
        int[] fanOut = Simplifier.fanOut(whole);
        boolean[] isModule = Modules.find(whole);
        boolean[] flipped = new boolean[isModule.length];
        int[] blockOf = new int[isModule.length];
        int[] scratch = new int[isModule.length];
        List<Block> blocks = new ArrayList<>();
        int total = count(f, fanOut, isModule);
        for (int node = 1; node <= root; node++) {
            if (fanOut[node] == 0 || !isModule[node] || f.kind(node) == Formula.Kind.VARIABLE) {
                continue;
            }
            Part part = Part.of(f, node, isModule, flipped, scratch);
            Optional<Solution> solved = race.run(part);
            if (solved.isEmpty()) {
                return Optional.empty();
            }
            Solution solution = solved.get();
            int[] order = solution.order();
            int[] sources = new int[order.length];
            for (int level = 0; level < order.length; level++) {
                int leaf = part.leaves()[order[level]];
                boolean variable = f.kind(leaf) == Formula.Kind.VARIABLE;
                sources[level] = variable ? f.index(leaf) : ~blockOf[leaf];
            }
            flipped[node] = solution.isTurned();
            blockOf[node] = blocks.size();
            blocks.add(new Block(sources, solution));
            progress.at(blocks.size(), total);
        }
        return Optional.of(new Blocks(List.copyOf(blocks), rootNegated != flipped[root], events));
    }

    private static int count(Formula f, int[] fanOut, boolean[] isModule) {
        int count = 0;
        for (int node = 1; node < fanOut.length; node++) {
            boolean gate = f.kind(node) != Formula.Kind.VARIABLE;
            count += fanOut[node] > 0 && isModule[node] && gate ? 1 : 0;
        }
        return count;
    }
}
