package org.standfest.analysis.faulttree.mef;

import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.results.Finding;
import org.standfest.results.Severity;

import java.util.List;
import java.util.Optional;

/**
 * What reading a file gave.
 *
 * @param tree the fault tree; absent when any finding is an error
 * @param findings what is wrong or noteworthy, each with its line and column
 */
public record MefReading(Optional<FaultTree> tree, List<Finding> findings) {

    /** Copies the list. */
    public MefReading {
        findings = List.copyOf(findings);
    }

    /** The first error, if any. */
    public Optional<Finding> error() {
        return findings.stream().filter(it -> it.severity() == Severity.ERROR).findFirst();
    }
}
