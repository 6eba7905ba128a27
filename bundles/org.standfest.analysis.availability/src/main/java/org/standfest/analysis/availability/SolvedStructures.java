package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The structures of a formula that were solved, or found to be beyond the limits. One thread. */
final class SolvedStructures {

    private final Solver solver;
    private final Map<Integer, Optional<StructureFunction>> solved = new HashMap<>();

    /** Why what is beyond the limits has no structure. */
    private final Map<Integer, Explanation> unsolved = new HashMap<>();

    SolvedStructures(Solver solver) {
        this.solver = solver;
    }

    /** The structure of a literal, solved if it is not known; none beyond the limits. */
    Optional<StructureFunction> solve(Formula formula, int literal, Watcher watcher) {
        Optional<StructureFunction> known = solved.get(literal);
        if (known != null) {
            return known;
        }
        Outcome<StructureFunction> outcome = solver.solve(formula, literal, watcher::cancelled);
        if (!watcher.cancelled()) {
            outcome.problem().ifPresent(why -> unsolved.put(literal, why));
            solved.put(literal, outcome.result());
        }
        return outcome.result();
    }

    /** The structure of a literal if it was solved. */
    Optional<StructureFunction> find(int literal) {
        return solved.getOrDefault(literal, Optional.empty());
    }

    /** Why a literal has no structure, if it was tried. */
    Optional<Explanation> why(int literal) {
        return Optional.ofNullable(unsolved.get(literal));
    }

    /** Forgets: another formula comes. */
    void clear() {
        solved.clear();
        unsolved.clear();
    }
}
