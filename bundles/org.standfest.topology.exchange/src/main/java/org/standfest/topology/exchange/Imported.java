package org.standfest.topology.exchange;

import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Topology;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What became of foreign files: a topology, and the report of everything that was not taken over,
 * guessed or missing. Nothing is dropped silently.
 *
 * @param topology what was made; the caller owns it
 * @param format in which the files were
 * @param taken how many elements were made, by the name of their class in the model
 * @param report the worst first
 */
public record Imported(
        Topology topology,
        ExchangeFormat format,
        Map<String, Integer> taken,
        List<Finding> report) {

    /** Copies. */
    public Imported {
        Objects.requireNonNull(topology);
        Objects.requireNonNull(format);
        taken = Map.copyOf(taken);
        report =
                report.stream()
                        .sorted(java.util.Comparator.comparing(Finding::severity).reversed())
                        .toList();
    }

    /** How many remarks of a severity there are. */
    public long count(Severity severity) {
        return report.stream().filter(it -> it.severity() == severity).count();
    }
}
