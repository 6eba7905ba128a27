package org.standfest.analysis.faulttree.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Orders of a part's leaves that are worth trying: depth first in several ways, by weight (Minato,
 * Ishiura, Yajima 1990), and FORCE (Aloul, Markov, Sakallah 2003). Deterministic. One thread.
 */
final class Orders {

    /** How an order is found. */
    enum Kind {
        /** Depth first, arguments as they stand. */
        DEPTH_FIRST,
        /** Depth first, small arguments first. */
        SMALL_FIRST,
        /** Depth first, large arguments first. */
        LARGE_FIRST,
        /** The leaf that counts most for the top, again and again. */
        WEIGHT,
        /** Centres of gravity, from depth first. */
        FORCE,
        /** Centres of gravity, from small arguments first. */
        FORCE_SMALL,
        /** Centres of gravity, from the weights. */
        FORCE_WEIGHT,
        /** Depth first, arguments with often used leaves first. */
        SHARED_FIRST,
        /** Breadth first. */
        BREADTH_FIRST
    }

    private static final int FORCE_ROUNDS = 60;

    private final Part part;
    private final int leaves;

    Orders(Part part) {
        this.part = part;
        leaves = part.leafCount();
    }

    int[] order(Kind kind) {
        return switch (kind) {
            case DEPTH_FIRST -> depthFirst(null);
            case SMALL_FIRST -> depthFirst(sizes());
            case LARGE_FIRST -> depthFirst(negated(sizes()));
            case WEIGHT -> byWeight();
            case FORCE -> force(depthFirst(null));
            case FORCE_SMALL -> force(depthFirst(sizes()));
            case FORCE_WEIGHT -> force(byWeight());
            case SHARED_FIRST -> depthFirst(negated(sharing()));
            case BREADTH_FIRST -> breadthFirst();
        };
    }

    private static double[] negated(double[] values) {
        return Arrays.stream(values).map(it -> -it).toArray();
    }

    /** How large the tree below each node is, sharing ignored. */
    private double[] sizes() {
        double[] size = new double[part.size()];
        Arrays.fill(size, 0, leaves, 1);
        for (int node = leaves; node < part.size(); node++) {
            for (int argument : part.argumentsOf(node)) {
                size[node] += size[argument >>> 1];
            }
        }
        return size;
    }

    /** How often the leaves below each node are used, the most used one. */
    private double[] sharing() {
        int[] occurrences = part.uses();
        double[] shared = new double[part.size()];
        for (int node = 0; node < part.size(); node++) {
            shared[node] = occurrences[node];
            for (int argument : part.argumentsOf(node)) {
                shared[node] = Math.max(shared[node], shared[argument >>> 1] * 0.9);
            }
        }
        return shared;
    }

    private int[] depthFirst(double[] key) {
        boolean[] seen = new boolean[part.size()];
        int[] order = new int[leaves];
        int n = 0;
        IntList stack = new IntList();
        stack.add(part.root());
        while (stack.size() > 0) {
            int node = stack.removeLast();
            if (seen[node]) {
                continue;
            }
            seen[node] = true;
            if (node < leaves) {
                order[n++] = node;
                continue;
            }
            int[] arguments = sorted(part.argumentsOf(node), key);
            for (int i = arguments.length - 1; i >= 0; i--) {
                stack.add(arguments[i] >>> 1);
            }
        }
        return order;
    }

    private static int[] sorted(int[] arguments, double[] key) {
        if (key == null) {
            return arguments;
        }
        return IntStream.of(arguments)
                .boxed()
                .sorted(Comparator.comparingDouble(it -> key[it >>> 1]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int[] breadthFirst() {
        boolean[] seen = new boolean[part.size()];
        int[] order = new int[leaves];
        int n = 0;
        IntList queue = new IntList();
        queue.add(part.root());
        for (int head = 0; head < queue.size(); head++) {
            int node = queue.get(head);
            if (node < leaves) {
                order[n++] = node;
            }
            for (int argument : part.argumentsOf(node)) {
                if (!seen[argument >>> 1]) {
                    seen[argument >>> 1] = true;
                    queue.add(argument >>> 1);
                }
            }
        }
        return order;
    }

    /** Weight 1 flows down in equal shares; the heaviest leaf goes next and is taken out. */
    private int[] byWeight() {
        boolean[] gone = new boolean[part.size()];
        int[] order = new int[leaves];
        double[] weight = new double[part.size()];
        int[] open = new int[part.size()];
        for (int n = 0; n < leaves; n++) {
            for (int node = leaves; node < part.size(); node++) {
                int count = 0;
                for (int argument : part.argumentsOf(node)) {
                    count += gone[argument >>> 1] ? 0 : 1;
                }
                open[node] = count;
                gone[node] = count == 0;
            }
            Arrays.fill(weight, 0);
            weight[part.root()] = 1;
            for (int node = part.root(); node >= leaves; node--) {
                if (weight[node] > 0 && open[node] > 0) {
                    double share = weight[node] / open[node];
                    for (int argument : part.argumentsOf(node)) {
                        weight[argument >>> 1] += gone[argument >>> 1] ? 0 : share;
                    }
                }
            }
            int best = -1;
            for (int leaf = 0; leaf < leaves; leaf++) {
                if (!gone[leaf] && (best < 0 || weight[leaf] > weight[best] * (1 + 1e-12))) {
                    best = leaf;
                }
            }
            gone[best] = true;
            order[n] = best;
        }
        return order;
    }

    /** Each gate pulls its arguments together until the sum of the gates' spans stops falling. */
    private int[] force(int[] start) {
        int n = part.size();
        double[] place = new double[n];
        int[] order = start;
        int[] best = start;
        double bestSpan = Double.MAX_VALUE;
        for (int round = 0; round < FORCE_ROUNDS; round++) {
            for (int i = 0; i < order.length; i++) {
                place[order[i]] = i;
            }
            for (int node = leaves; node < n && round == 0; node++) {
                place[node] = mean(node, place);
            }
            double span = span(order);
            if (span < bestSpan) {
                bestSpan = span;
                best = order;
            }
            order = pulled(place);
        }
        return best;
    }

    private double mean(int node, double[] place) {
        double sum = 0;
        int[] arguments = part.argumentsOf(node);
        for (int argument : arguments) {
            sum += place[argument >>> 1];
        }
        return sum / arguments.length;
    }

    private double span(int[] order) {
        int[] position = new int[leaves];
        for (int i = 0; i < leaves; i++) {
            position[order[i]] = i;
        }
        int[] from = new int[part.size()];
        int[] to = new int[part.size()];
        double sum = 0;
        for (int node = 0; node < part.size(); node++) {
            if (node < leaves) {
                from[node] = position[node];
                to[node] = position[node];
                continue;
            }
            from[node] = Integer.MAX_VALUE;
            for (int argument : part.argumentsOf(node)) {
                from[node] = Math.min(from[node], from[argument >>> 1]);
                to[node] = Math.max(to[node], to[argument >>> 1]);
            }
            sum += to[node] - from[node];
        }
        return sum;
    }

    /** Gates move to the centre of their edge, leaves to the centre of the edges they belong to. */
    private int[] pulled(double[] place) {
        double[] sum = new double[part.size()];
        int[] count = new int[part.size()];
        for (int node = leaves; node < part.size(); node++) {
            int[] arguments = part.argumentsOf(node);
            double centre = place[node];
            for (int argument : arguments) {
                centre += place[argument >>> 1];
            }
            centre /= arguments.length + 1;
            sum[node] += centre;
            count[node]++;
            for (int argument : arguments) {
                sum[argument >>> 1] += centre;
                count[argument >>> 1]++;
            }
        }
        for (int node = 0; node < part.size(); node++) {
            if (count[node] > 0) {
                place[node] = sum[node] / count[node];
            }
        }
        Integer[] sorted = IntStream.range(0, leaves).boxed().toArray(Integer[]::new);
        Arrays.sort(sorted, Comparator.comparingDouble(it -> place[it]));
        int[] rank = new int[leaves];
        for (int i = 0; i < leaves; i++) {
            rank[i] = sorted[i];
        }
        return rank;
    }
}
