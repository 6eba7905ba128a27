package org.standfest.analysis.faulttree.internal;

import java.util.List;

/**
 * Probabilities of blocks and their derivatives. For each node both the probability that it is true
 * and that it is false are summed up from positive terms only, so that neither loses digits,
 * however small it is. One thread.
 */
public final class Evaluation {

    private final List<Block> blocks;
    private final double[] probabilities;
    private final double[] complements;
    private final double[][] trues;
    private final double[][] falses;

    /**
     * Evaluates.
     *
     * @param probabilities of each variable, 0 to 1
     * @param complements one minus that, as exactly as it is known
     */
    public Evaluation(Blocks blocks, double[] probabilities, double[] complements) {
        this.blocks = blocks.blocks();
        this.probabilities = probabilities;
        this.complements = complements;
        trues = new double[this.blocks.size()][];
        falses = new double[this.blocks.size()][];
        for (int i = 0; i < trues.length; i++) {
            evaluate(i);
        }
    }

    private void evaluate(int block) {
        Diagram diagram = blocks.get(block).diagram();
        int[] sources = blocks.get(block).sources();
        int[] levels = diagram.levels();
        int[] lows = diagram.lows();
        int[] highs = diagram.highs();
        double[] t = new double[levels.length];
        double[] f = new double[levels.length];
        f[0] = 1;
        for (int node = 1; node < levels.length; node++) {
            int source = sources[levels[node]];
            double p = source >= 0 ? probabilities[source] : probabilityOf(~source);
            double q = source >= 0 ? complements[source] : complementOf(~source);
            int low = lows[node] >>> 1;
            int high = highs[node] >>> 1;
            boolean turned = (highs[node] & 1) != 0;
            t[node] = q * t[low] + p * (turned ? f[high] : t[high]);
            f[node] = q * f[low] + p * (turned ? t[high] : f[high]);
        }
        trues[block] = t;
        falses[block] = f;
    }

    /** The probability that a block's function is true. */
    public double probabilityOf(int block) {
        return trues[block][blocks.get(block).diagram().root() >>> 1];
    }

    /** The probability that a block's function is false. */
    public double complementOf(int block) {
        return falses[block][blocks.get(block).diagram().root() >>> 1];
    }

    /**
     * How fast the last block's probability rises with each variable's: Birnbaum's measure. One
     * pass from the top down.
     *
     * @return by index of the variable; 0 for those that do not occur
     */
    public double[] derivatives() {
        double[] byVariable = new double[probabilities.length];
        double[] byBlock = new double[blocks.size()];
        if (byBlock.length > 0) {
            byBlock[byBlock.length - 1] = 1;
        }
        for (int block = blocks.size() - 1; block >= 0; block--) {
            spread(block, byBlock[block], byBlock, byVariable);
        }
        return byVariable;
    }

    private void spread(int block, double weightOfBlock, double[] byBlock, double[] byVariable) {
        Diagram diagram = blocks.get(block).diagram();
        int[] sources = blocks.get(block).sources();
        double[] weight = new double[diagram.size()];
        weight[diagram.root() >>> 1] = weightOfBlock;
        for (int node = diagram.size() - 1; node > 0; node--) {
            double w = weight[node];
            if (w == 0) {
                continue;
            }
            int source = sources[diagram.levels()[node]];
            double p = source >= 0 ? probabilities[source] : probabilityOf(~source);
            double q = source >= 0 ? complements[source] : complementOf(~source);
            int low = diagram.lows()[node] >>> 1;
            int high = diagram.highs()[node] >>> 1;
            boolean turned = (diagram.highs()[node] & 1) != 0;
            weight[low] += w * q;
            weight[high] += turned ? -w * p : w * p;
            double gain = w * gain(block, low, high, turned);
            if (source >= 0) {
                byVariable[source] += gain;
            } else {
                byBlock[~source] += gain;
            }
        }
    }

    /** What the high side has more than the low side, subtracted where the numbers are small. */
    private double gain(int block, int low, int high, boolean turned) {
        double[] t = trues[block];
        double[] f = falses[block];
        double highTrue = turned ? f[high] : t[high];
        double highFalse = turned ? t[high] : f[high];
        return highTrue > 0.5 && t[low] > 0.5 ? f[low] - highFalse : highTrue - t[low];
    }
}
