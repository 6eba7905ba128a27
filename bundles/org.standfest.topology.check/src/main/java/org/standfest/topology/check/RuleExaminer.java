package org.standfest.topology.check;

import org.standfest.analysis.TopologyExaminer;
import org.standfest.analysis.TopologyReport;
import org.standfest.analysis.TopologyRule;
import org.standfest.results.Catalog;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Runs rules one after the other, and fences those that break. Safe for any thread. */
public final class RuleExaminer implements TopologyExaminer {

    private static final Catalog TEXTS = Catalog.beside(RuleExaminer.class);

    private final Supplier<List<TopologyRule>> rules;

    /**
     * @param rules tells at each examination which rules there are
     */
    public RuleExaminer(Supplier<List<TopologyRule>> rules) {
        this.rules = Objects.requireNonNull(rules);
    }

    @Override
    public TopologyReport examine(Topology topology, BooleanSupplier cancelled) {
        List<Finding> findings = new ArrayList<>();
        int ran = 0;
        for (TopologyRule rule : rules.get()) {
            if (cancelled.getAsBoolean()) {
                return new TopologyReport(findings, ran, false);
            }
            run(rule, topology, findings);
            ran++;
        }
        return new TopologyReport(findings, ran, true);
    }

    private static void run(TopologyRule rule, Topology topology, List<Finding> findings) {
        List<Finding> found = new ArrayList<>();
        try {
            rule.examine(topology, found::add);
        } catch (RuntimeException broken) {
            // Foreign code: its bug must not cost the findings of the others.
            found.add(
                    new Finding(
                            Severity.ERROR,
                            "",
                            "",
                            TEXTS.explain("check.rule-broke", rule.id(), broken)));
        }
        findings.addAll(found);
    }
}
