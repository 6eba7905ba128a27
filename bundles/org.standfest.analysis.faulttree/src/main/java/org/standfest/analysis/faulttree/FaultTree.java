package org.standfest.analysis.faulttree;

import org.standfest.analysis.faulttree.formula.Formula;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A fault tree, or several with common parts: what fails, how probable that is, and which gates
 * follow from it. Must not be changed; then safe for any thread.
 *
 * @param name what it is called
 * @param formula all gates in one graph; the variable with index i is the basic event i
 * @param events the names of the basic events
 * @param probabilities of each basic event, 0 to 1
 * @param gates the literal of each gate, in the order of the file
 * @param tops gates that no other gate uses
 */
public record FaultTree(
        String name,
        Formula formula,
        List<String> events,
        double[] probabilities,
        Map<String, Integer> gates,
        List<String> tops) {

    /** Copies the lists and the map. */
    public FaultTree {
        Objects.requireNonNull(name);
        Objects.requireNonNull(formula);
        events = List.copyOf(events);
        probabilities = probabilities.clone();
        gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
        tops = List.copyOf(tops);
        if (events.size() != probabilities.length) {
            throw new IllegalArgumentException("a probability for each event");
        }
    }

    /** The literal of a gate that exists. */
    public int literal(String gate) {
        return Objects.requireNonNull(gates.get(gate), gate);
    }

    /** A copy of the probabilities, by index of the event. */
    @Override
    public double[] probabilities() {
        return probabilities.clone();
    }
}
