package org.standfest.topology.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.TopologyReport;
import org.standfest.analysis.TopologyRule;
import org.standfest.results.Explanation;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Topology;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

class RuleExaminerTest {

    private static TopologyRule rule(String id, Consumer<Consumer<Finding>> work) {
        return new TopologyRule() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public void examine(Topology topology, Consumer<Finding> findings) {
                work.accept(findings);
            }
        };
    }

    private static Finding finding(Severity severity, String name) {
        return new Finding(severity, "id-" + name, name, Explanation.rendered("x", name, "", ""));
    }

    private final Topology topology = new SoundTopology().topology;

    @Test
    void aBrokenRuleIsNamedAndTheOthersGoOn() {
        RuleExaminer examiner =
                new RuleExaminer(
                        () ->
                                List.of(
                                        rule(
                                                "acme.broken",
                                                findings -> {
                                                    findings.accept(
                                                            finding(Severity.HINT, "before"));
                                                    throw new IllegalStateException("oops");
                                                }),
                                        rule(
                                                "acme.good",
                                                findings ->
                                                        findings.accept(
                                                                finding(Severity.WARNING, "b")))));
        TopologyReport report = examiner.examine(topology, () -> false);
        assertEquals(3, report.findings().size());
        Finding broken = report.findings().getFirst();
        assertEquals("check.rule-broke", broken.explanation().code());
        assertTrue(broken.explanation().happened(Locale.GERMAN).contains("acme.broken"));
        assertFalse(report.passed());
    }

    @Test
    void worstFindingsComeFirstAndTheOrderIsStable() {
        RuleExaminer examiner =
                new RuleExaminer(
                        () ->
                                List.of(
                                        rule(
                                                "acme",
                                                findings -> {
                                                    findings.accept(finding(Severity.HINT, "z"));
                                                    findings.accept(finding(Severity.HINT, "a"));
                                                    findings.accept(finding(Severity.ERROR, "m"));
                                                })));
        TopologyReport report = examiner.examine(topology, () -> false);
        assertEquals(
                List.of("m", "a", "z"),
                report.findings().stream().map(Finding::elementName).toList());
        assertEquals(1, report.count(Severity.ERROR));
        assertEquals(1, report.about("id-a").size());
        assertEquals(report, examiner.examine(topology, () -> false));
    }

    @Test
    void cancellingEndsBetweenRulesAndSaysSo() {
        AtomicInteger asked = new AtomicInteger();
        RuleExaminer examiner =
                new RuleExaminer(() -> List.of(rule("a", _ -> {}), rule("b", _ -> {})));
        TopologyReport report = examiner.examine(topology, () -> asked.getAndIncrement() == 1);
        assertEquals(1, report.rules());
        assertFalse(report.complete());
        assertFalse(report.passed());
    }
}
