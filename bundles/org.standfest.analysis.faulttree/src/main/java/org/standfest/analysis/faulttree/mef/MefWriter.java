package org.standfest.analysis.faulttree.mef;

import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.formula.Formula;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes fault trees in the Open-PSA model exchange format, so that other tools can check a result.
 * Only and, or, not, xor and atleast are used, one formula for each gate, and probabilities with
 * all their digits. A name that the format does not allow is written as a label beside a similar
 * one that it does. One thread, used once.
 */
public final class MefWriter {

    private final Appendable out;
    private final FaultTree tree;
    private final Formula formula;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> written = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    /**
     * @param tree what to write
     * @param out where to
     */
    public MefWriter(FaultTree tree, Appendable out) {
        this.tree = tree;
        this.out = out;
        formula = tree.formula();
    }

    /**
     * Writes some gates and what they need.
     *
     * @param gates names of gates of the tree, usually its tops
     * @throws IOException what the receiver throws
     */
    public void write(List<String> gates) throws IOException {
        BitSet wanted = wanted(gates);
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n");
        out.append("<define-fault-tree name=\"" + identifier(tree.name()) + "\">\n");
        for (String gate : gates) {
            openGate(identifier("gate " + gate, gate), gate);
            body(tree.literal(gate));
            out.append("</define-gate>\n");
        }
        for (int literal = wanted.length() - 1; literal > 1; literal--) {
            if (wanted.get(literal)) {
                openGate(name(literal), null);
                body(literal);
                out.append("</define-gate>\n");
            }
        }
        out.append("</define-fault-tree>\n<model-data>\n");
        events(wanted, gates);
        out.append("</model-data>\n</opsa-mef>\n");
    }

    /** Literals that become gates of their own: conjunctions both ways, others as they are. */
    private BitSet wanted(List<String> gates) {
        BitSet wanted = new BitSet(2 * formula.size());
        gates.forEach(it -> wantArguments(tree.literal(it), wanted));
        for (int literal = 2 * formula.size() - 1; literal > 1; literal--) {
            if (wanted.get(literal)) {
                wantArguments(literal, wanted);
            }
        }
        return wanted;
    }

    private void wantArguments(int literal, BitSet wanted) {
        int node = literal >>> 1;
        int sign = formula.kind(node) == Formula.Kind.AND ? literal & 1 : 0;
        for (int i = 0; i < formula.arity(node); i++) {
            int argument = formula.argument(node, i) ^ sign;
            if (formula.arity(argument >>> 1) > 0) {
                boolean and = formula.kind(argument >>> 1) == Formula.Kind.AND;
                wanted.set(and ? argument : argument & ~1);
            }
        }
    }

    private void openGate(String name, String label) throws IOException {
        out.append("<define-gate name=\"" + name + "\">");
        label(name, label);
    }

    private void label(String name, String label) throws IOException {
        if (label != null && !label.equals(name)) {
            out.append("<label>" + escaped(label) + "</label>");
        }
    }

    private void body(int literal) throws IOException {
        int node = literal >>> 1;
        boolean negated = (literal & 1) != 0;
        switch (formula.kind(node)) {
            case CONSTANT, VARIABLE -> reference(literal);
            case AND ->
                    arguments(node, negated ? "or" : "and", negated ? "or" : "and", literal & 1);
            case AT_LEAST -> {
                String tag = "atleast min=\"" + formula.threshold(node) + "\"";
                negated(negated, () -> arguments(node, tag, "atleast", 0));
            }
            case XOR -> negated(negated, () -> arguments(node, "xor", "xor", 0));
        }
    }

    /** A part of the output. */
    private interface Piece {
        void write() throws IOException;
    }

    private void negated(boolean negated, Piece piece) throws IOException {
        out.append(negated ? "<not>" : "");
        piece.write();
        out.append(negated ? "</not>" : "");
    }

    private void arguments(int node, String open, String close, int sign) throws IOException {
        out.append('<').append(open).append('>');
        for (int i = 0; i < formula.arity(node); i++) {
            reference(formula.argument(node, i) ^ sign);
        }
        out.append("</").append(close).append('>');
    }

    private void reference(int literal) throws IOException {
        int node = literal >>> 1;
        boolean negated = (literal & 1) != 0;
        switch (formula.kind(node)) {
            case CONSTANT -> out.append("<constant value=\"" + (literal == 1) + "\"/>");
            case VARIABLE ->
                    negated(
                            negated,
                            () -> out.append("<basic-event name=\"" + event(node) + "\"/>"));
            case AND -> out.append("<gate name=\"" + name(literal) + "\"/>");
            case AT_LEAST, XOR ->
                    negated(
                            negated,
                            () -> out.append("<gate name=\"" + name(literal & ~1) + "\"/>"));
        }
    }

    private String name(int literal) {
        return names.computeIfAbsent(literal, it -> free(((it & 1) == 0 ? "g" : "n") + (it >>> 1)));
    }

    private String event(int node) {
        String name = tree.events().get(formula.index(node));
        return identifier("event " + name, name);
    }

    private void events(BitSet wanted, List<String> gates) throws IOException {
        BitSet used = new BitSet(formula.size());
        gates.forEach(it -> useVariables(tree.literal(it) >>> 1, used));
        wanted.stream().forEach(it -> useVariables(it >>> 1, used));
        double[] probabilities = tree.probabilities();
        for (int node = used.nextSetBit(0); node >= 0; node = used.nextSetBit(node + 1)) {
            int index = formula.index(node);
            String name = event(node);
            out.append("<define-basic-event name=\"" + name + "\">");
            label(name, tree.events().get(index));
            out.append("<float value=\"" + probabilities[index] + "\"/></define-basic-event>\n");
        }
    }

    private void useVariables(int node, BitSet used) {
        if (formula.kind(node) == Formula.Kind.VARIABLE) {
            used.set(node);
        }
        for (int i = 0; i < formula.arity(node); i++) {
            int inner = formula.argument(node, i) >>> 1;
            if (formula.kind(inner) == Formula.Kind.VARIABLE) {
                used.set(inner);
            }
        }
    }

    /** The name under which something is written; each key gets one of its own. */
    private String identifier(String key, String name) {
        return written.computeIfAbsent(key, _ -> free(identifier(name)));
    }

    /** A letter, then letters, digits, underscores. */
    private static String identifier(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("_+$", "");
        return plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "e" + plain : plain;
    }

    private String free(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
