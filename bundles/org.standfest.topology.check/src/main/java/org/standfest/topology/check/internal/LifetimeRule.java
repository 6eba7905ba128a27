package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.Hardware;
import org.standfest.topology.Machine;
import org.standfest.topology.Topology;

import java.time.Clock;
import java.time.LocalDate;
import java.util.function.Consumer;

/** Old hardware is named, because its failure figures no longer hold. */
public final class LifetimeRule implements TopologyRule {

    private static final int OLD_YEARS = 7;

    private final Clock clock;

    /** With the clock that tells this year. */
    public LifetimeRule(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String id() {
        return "standfest.lifetime";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        int thisYear = LocalDate.now(clock).getYear();
        for (Machine machine : new Facts(topology).all(Machine.class)) {
            if (machine instanceof Hardware hardware && hardware.getPurchasedYear() != null) {
                int years = thisYear - hardware.getPurchasedYear();
                if (years < 0) {
                    report.error(machine, "lifetime.future", hardware.getPurchasedYear());
                } else if (years >= OLD_YEARS) {
                    report.hint(machine, "lifetime.old", years);
                }
            }
        }
    }
}
