package org.standfest.analysis.faulttree.formula;

import java.util.Arrays;

/**
 * A Boolean formula as a graph in which equal parts exist once (hash-consing).
 *
 * <p>A <em>literal</em> is an {@code int}: twice the number of a node, plus one when it is negated.
 * {@link #FALSE} and {@link #TRUE} are literals of node 0. Nodes are variables, conjunctions, "at
 * least k of n" and exclusive ors of two; a disjunction is a negated conjunction of negated
 * literals, so that De Morgan's equals are the same node. Nodes only ever point to nodes with a
 * smaller number. What simplifies locally (constants, duplicates, complements, absorption between
 * neighbours) is simplified when a node is made.
 *
 * <p>One thread at a time while it grows; safe for any number of readers afterwards.
 */
public final class Formula {

    /** The literal that is never true. */
    public static final int FALSE = 0;

    /** The literal that is always true. */
    public static final int TRUE = 1;

    /** What a node is. */
    public enum Kind {
        /** The constant. */
        CONSTANT,
        /** A variable; its value comes from outside. */
        VARIABLE,
        /** True when all arguments are. */
        AND,
        /** True when at least {@link Formula#threshold} arguments are. */
        AT_LEAST,
        /** True when exactly one of its two arguments is. */
        XOR
    }

    private static final Kind[] KINDS = Kind.values();
    private static final int[] NONE = {};

    /** Longer conjunctions are not looked through for what they have in common. */
    private static final int CONJUNCTS_MOST = 256;

    private byte[] kinds = new byte[64];
    private int[] numbers = new int[64];
    private int[][] arguments = new int[64][];
    private int size;
    private int[] table = new int[128];
    private int variables;

    /** A formula with nothing in it but the constant. */
    public Formula() {
        add(Kind.CONSTANT, 0, NONE);
    }

    /** How many nodes there are, the constant included. */
    public int size() {
        return size;
    }

    /** How many variables there are: one more than the highest index asked for. */
    public int variables() {
        return variables;
    }

    /** The opposite of a literal. */
    public static int not(int literal) {
        return literal ^ 1;
    }

    /** The kind of a node. */
    public Kind kind(int node) {
        return KINDS[kinds[node]];
    }

    /** The index of the variable that a node is. */
    public int index(int node) {
        return numbers[node];
    }

    /** How many arguments of an {@link Kind#AT_LEAST} node must be true. */
    public int threshold(int node) {
        return numbers[node];
    }

    /** How many arguments a node has. */
    public int arity(int node) {
        return arguments[node].length;
    }

    /** One argument of a node: a literal. */
    public int argument(int node, int position) {
        return arguments[node][position];
    }

    /** The literal of a variable. The same index gives the same literal. */
    public int variable(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("index " + index);
        }
        variables = Math.max(variables, index + 1);
        return intern(Kind.VARIABLE, index, NONE);
    }

    /** True when any argument is. */
    public int or(int... literals) {
        int[] negated = new int[literals.length];
        for (int i = 0; i < literals.length; i++) {
            negated[i] = literals[i] ^ 1;
        }
        return andInPlace(negated) ^ 1;
    }

    /** True when all arguments are. */
    public int and(int... literals) {
        return andInPlace(literals.clone());
    }

    /** True when exactly one of the two is. */
    public int xor(int one, int other) {
        int sign = (one ^ other) & 1;
        int a = Math.min(one, other) & ~1;
        int b = Math.max(one, other) & ~1;
        if (a == b) {
            return sign;
        }
        if (a == FALSE) {
            return b ^ sign;
        }
        return intern(Kind.XOR, 0, new int[] {a, b}) ^ sign;
    }

    /**
     * True when at least {@code k} arguments are; an argument that occurs twice counts twice.
     *
     * @param k any number; 0 and less is always true, more than the arguments never
     */
    public int atLeast(int k, int... literals) {
        int[] sorted = literals.clone();
        Arrays.sort(sorted);
        int[] kept = new int[sorted.length];
        int needed = k;
        int n = 0;
        for (int literal : sorted) {
            if (literal == TRUE) {
                needed--;
            } else if (literal != FALSE) {
                if (n > 0 && kept[n - 1] == (literal ^ 1)) {
                    n--;
                    needed--;
                } else {
                    kept[n++] = literal;
                }
            }
        }
        for (int i = 1; i < n; i++) {
            if (kept[i] == kept[i - 1]) {
                return withTwin(needed, kept, n, i);
            }
        }
        return distinctAtLeast(needed, Arrays.copyOf(kept, n));
    }

    private int withTwin(int k, int[] kept, int n, int twin) {
        int[] rest = new int[n - 2];
        System.arraycopy(kept, 0, rest, 0, twin - 1);
        System.arraycopy(kept, twin + 1, rest, twin - 1, n - twin - 1);
        // Whoever has k without the twins has k - 2, too: no need to ask whether they are false.
        return or(and(kept[twin], atLeast(k - 2, rest)), atLeast(k, rest));
    }

    private int distinctAtLeast(int k, int[] literals) {
        if (k <= 0) {
            return TRUE;
        }
        if (k > literals.length) {
            return FALSE;
        }
        for (int sign = 1; sign >= 0 && literals.length > 1; sign--) {
            // A common part of a conjunction's conjunctions is no news, nor is the opposite.
            boolean news = sign == 1 ? k > 1 : k < literals.length;
            int[] common = news ? common(literals, sign) : NONE;
            if (common.length > 0) {
                return outside(k, literals, sign, common);
            }
        }
        if (k == 1) {
            return or(literals);
        }
        if (k == literals.length) {
            return andInPlace(literals);
        }
        return intern(Kind.AT_LEAST, k, literals);
    }

    /** What all literals are conjunctions of; with sign 1 the same for their opposites. */
    private int[] common(int[] literals, int sign) {
        int[] common = conjuncts(literals[0] ^ sign);
        for (int i = 1; i < literals.length && common.length > 0; i++) {
            common = picked(common, conjuncts(literals[i] ^ sign), true);
        }
        return common;
    }

    /** Those of the first that are, or are not, in the second; both sorted. */
    private static int[] picked(int[] from, int[] others, boolean in) {
        int[] picked = new int[from.length];
        int n = 0;
        for (int literal : from) {
            if (Arrays.binarySearch(others, literal) >= 0 == in) {
                picked[n++] = literal;
            }
        }
        return Arrays.copyOf(picked, n);
    }

    /** What must be true for a literal to be, each once, sorted; itself if it is no conjunction. */
    private int[] conjuncts(int literal) {
        int[] found = {literal};
        int n = 1;
        int i = 0;
        while (i < n && n <= CONJUNCTS_MOST) {
            int node = found[i] >>> 1;
            if ((found[i] & 1) == 0 && kinds[node] == (byte) Kind.AND.ordinal()) {
                int[] inner = arguments[node];
                found[i] = found[--n];
                found = Arrays.copyOf(found, n + inner.length);
                System.arraycopy(inner, 0, found, n, inner.length);
                n += inner.length;
            } else {
                i++;
            }
        }
        Arrays.sort(found);
        int distinct = 1;
        for (int other : found) {
            if (other != found[distinct - 1]) {
                found[distinct++] = other;
            }
        }
        return Arrays.copyOf(found, distinct);
    }

    /** k of (x + s) = s + (k of x), and k of xs = s (k of x): the rest may be a module then. */
    private int outside(int k, int[] literals, int sign, int[] common) {
        int[] rest = new int[literals.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = andInPlace(picked(conjuncts(literals[i] ^ sign), common, false)) ^ sign;
        }
        int[] all = Arrays.copyOf(common, common.length + 1);
        all[common.length] = atLeast(k, rest) ^ sign;
        return andInPlace(all) ^ sign;
    }

    private int andInPlace(int[] literals) {
        Arrays.sort(literals);
        int n = 0;
        for (int literal : literals) {
            if (literal == FALSE) {
                return FALSE;
            }
            if (literal == TRUE || n > 0 && literals[n - 1] == literal) {
                continue;
            }
            if (n > 0 && literals[n - 1] == (literal ^ 1)) {
                return FALSE;
            }
            literals[n++] = literal;
        }
        int[] kept = n == literals.length ? literals : Arrays.copyOf(literals, n);
        if (n == 0) {
            return TRUE;
        }
        return n == 1 ? kept[0] : absorbed(kept);
    }

    /** Removes what the neighbours make superfluous: x(x+y) = x and x(x'+y) = xy; x(xy)' = xy'. */
    private int absorbed(int[] literals) {
        boolean changed = false;
        int[] result = literals;
        for (int i = 0; i < literals.length; i++) {
            int literal = literals[i];
            int node = literal >>> 1;
            if (kinds[node] != (byte) Kind.AND.ordinal()) {
                continue;
            }
            int replacement = (literal & 1) == 0 ? literal : lessened(node, literals);
            if ((literal & 1) == 0 && contradicts(node, literals)) {
                return FALSE;
            }
            if (replacement != literal) {
                if (!changed) {
                    result = literals.clone();
                    changed = true;
                }
                result[i] = replacement;
            }
        }
        return changed ? andInPlace(result) : intern(Kind.AND, 0, literals);
    }

    private boolean contradicts(int node, int[] literals) {
        for (int inner : arguments[node]) {
            if (Arrays.binarySearch(literals, inner ^ 1) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The negated conjunction {@code node}, as far as the literals beside it leave it open. */
    private int lessened(int node, int[] literals) {
        int[] inner = arguments[node];
        int known = 0;
        for (int literal : inner) {
            if (Arrays.binarySearch(literals, literal ^ 1) >= 0) {
                return TRUE;
            }
            if (Arrays.binarySearch(literals, literal) >= 0) {
                known++;
            }
        }
        if (known == 0) {
            return 2 * node + 1;
        }
        int[] open = new int[inner.length - known];
        int n = 0;
        for (int literal : inner) {
            if (Arrays.binarySearch(literals, literal) < 0) {
                open[n++] = literal;
            }
        }
        return andInPlace(open) ^ 1;
    }

    private int intern(Kind kind, int number, int[] args) {
        int hash = 31 * (31 * Arrays.hashCode(args) + number) + kind.ordinal();
        int slot = spread(hash) & (table.length - 1);
        while (table[slot] != 0) {
            int node = table[slot];
            if (kinds[node] == kind.ordinal()
                    && numbers[node] == number
                    && Arrays.equals(arguments[node], args)) {
                return 2 * node;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        int node = add(kind, number, args);
        table[slot] = node;
        if (2 * size > table.length) {
            enlargeTable();
        }
        return 2 * node;
    }

    private int add(Kind kind, int number, int[] args) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
            arguments = Arrays.copyOf(arguments, 2 * size);
        }
        kinds[size] = (byte) kind.ordinal();
        numbers[size] = number;
        arguments[size] = args;
        return size++;
    }

    private void enlargeTable() {
        table = new int[4 * table.length];
        for (int node = 1; node < size; node++) {
            int hash = 31 * (31 * Arrays.hashCode(arguments[node]) + numbers[node]) + kinds[node];
            int slot = spread(hash) & (table.length - 1);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = node;
        }
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }
}
