package org.standfest.analysis;

import org.standfest.results.Finding;
import org.standfest.results.Severity;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the rules found in a topology: the worst first, then by code and element, so that the same
 * topology gives the same report. Immutable.
 *
 * @param findings sorted
 * @param rules how many rules ran
 * @param complete false when it was cancelled before all rules ran
 */
public record TopologyReport(List<Finding> findings, int rules, boolean complete) {

    private static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::severity)
                    .reversed()
                    .thenComparing(it -> it.explanation().code())
                    .thenComparing(Finding::elementName)
                    .thenComparing(Finding::elementId)
                    .thenComparing(it -> it.explanation().arguments().toString());

    /** Sorts and copies. */
    public TopologyReport {
        findings = findings.stream().sorted(ORDER).toList();
    }

    /** How many findings of a severity there are. */
    public long count(Severity severity) {
        return findings.stream().filter(it -> it.severity() == severity).count();
    }

    /** The worst severity; empty when nothing was found. */
    public Optional<Severity> worst() {
        return findings.stream().map(Finding::severity).max(Comparator.naturalOrder());
    }

    /** Whether a topology may be used as it is: nothing worse than hints, and all rules ran. */
    public boolean passed() {
        return complete && worst().orElse(Severity.HINT) == Severity.HINT;
    }

    /** What was found about one element, the worst first. */
    public List<Finding> about(String elementId) {
        return findings.stream().filter(it -> it.elementId().equals(elementId)).toList();
    }
}
