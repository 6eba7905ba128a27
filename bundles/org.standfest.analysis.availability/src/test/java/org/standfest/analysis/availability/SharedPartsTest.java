package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.analysis.markov.SteadyState;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.VirtualMachine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Services that use a pair and its hosts, and something else, in random ways: against the chain of
 * all states. A group that is no module may be inexact, but never silently.
 */
class SharedPartsTest {

    private static final int STRUCTURES = 60;

    /** What may be needed: the guest on the pair, the first host, the second, another one. */
    private static final int PARTS = 4;

    private enum Phase {
        NONE,
        AUTOMATIC,
        BY_A_PERSON
    }

    private record State(boolean first, boolean second, boolean other, Phase phase) {
        boolean lost(int part) {
            return switch (part) {
                case 0 -> phase != Phase.NONE || first && second;
                case 1 -> first;
                case 2 -> second;
                default -> other;
            };
        }
    }

    /** Data of one case. */
    private record Times(
            double mttf, double mttr, double failover, double coverage, double manual) {}

    private static void moves(State at, Times times, StateSpace.Moves<State> moves) {
        moves.to(
                new State(at.first, at.second, !at.other, at.phase),
                1 / (at.other ? times.mttr : times.mttf));
        if (at.phase != Phase.NONE) {
            // Nothing else happens to the pair during a takeover.
            double hours = at.phase == Phase.AUTOMATIC ? times.failover : times.manual;
            moves.to(new State(at.first, at.second, at.other, Phase.NONE), 1 / hours);
            return;
        }
        double failure = 1 / times.mttf;
        if (!at.first && !at.second) {
            moves.to(new State(true, false, at.other, Phase.AUTOMATIC), failure * times.coverage);
            moves.to(
                    new State(true, false, at.other, Phase.BY_A_PERSON),
                    failure * (1 - times.coverage));
        } else if (!at.first) {
            moves.to(new State(true, at.second, at.other, Phase.NONE), failure);
        }
        if (!at.second) {
            moves.to(new State(at.first, true, at.other, Phase.NONE), failure);
        }
        if (at.first) {
            moves.to(new State(false, at.second, at.other, Phase.NONE), 1 / times.mttr);
        }
        if (at.second) {
            moves.to(new State(at.first, false, at.other, Phase.NONE), 1 / times.mttr);
        }
    }

    /** Some of several parts must work. */
    private record Need(int required, BitSet parts) {
        boolean unmet(State state) {
            return parts.stream().filter(it -> !state.lost(it)).count() < required;
        }
    }

    private static Need random(Random random) {
        BitSet parts = new BitSet();
        while (parts.isEmpty()) {
            for (int part = 0; part < PARTS; part++) {
                parts.set(part, random.nextBoolean());
            }
        }
        return new Need(1 + random.nextInt(parts.cardinality()), parts);
    }

    private static void add(Drawing drawing, Service service, Need need, List<Component> parts) {
        Dependency dependency = drawing.named(Drawing.MAKE.createDependency());
        dependency.setKind(DependencyKind.SOME_OF);
        dependency.setRequiredCount(need.required);
        need.parts.stream().forEach(it -> dependency.getTargets().add(parts.get(it)));
        service.getDependencies().add(dependency);
    }

    @Test
    void aGroupThatIsNoModuleIsNeverSilentlyInexact() {
        Random random = new Random(11);
        double worst = 0;
        for (int number = 0; number < STRUCTURES; number++) {
            Times times =
                    new Times(
                            2000 + random.nextInt(8000),
                            4 + random.nextInt(20),
                            0.01 + random.nextDouble() / 10,
                            0.9 + random.nextDouble() / 10,
                            1 + random.nextInt(3));
            List<Need> needs = new ArrayList<>(List.of(random(random)));
            if (random.nextBoolean()) {
                needs.add(random(random));
            }
            StateSpace<State> space =
                    StateSpace.explore(
                            new State(false, false, false, Phase.NONE),
                            (state, moves) -> moves(state, times, moves),
                            100);
            double exact =
                    SteadyState.of(space.chain(), Effort.STANDARD)
                            .of(
                                    space.where(
                                            state ->
                                                    needs.stream()
                                                            .anyMatch(it -> it.unmet(state))));
            worst = Math.max(worst, compare(number + " " + needs, times, needs, exact));
        }
        assertTrue(worst > 1, "the test has no case in which sharing matters: " + worst);
    }

    /** How far it is off relatively, which the result must have said. */
    private static double compare(String what, Times times, List<Need> needs, double exact) {
        Drawing drawing = new Drawing();
        Site site = drawing.site("s");
        FailureData same = drawing.figures(times.mttf, times.mttr);
        Host first = drawing.host(site, same);
        Host second = drawing.host(site, same);
        VirtualMachine guest = drawing.guest(first);
        var cluster = drawing.named(Drawing.MAKE.createFailoverCluster());
        cluster.getHosts().addAll(List.of(first, second));
        cluster.setCoverage(times.coverage);
        cluster.setTakeoverSeconds((int) Math.round(times.failover * 3600));
        cluster.getWorkloads().add(guest);
        drawing.topology.getProtections().add(cluster);
        Service service = drawing.named(Drawing.MAKE.createService());
        List<Component> parts = List.of(guest, first, second, drawing.host(site, same));
        needs.forEach(it -> add(drawing, service, it, parts));
        drawing.topology.getServices().add(service);
        AnalysisResult result = drawing.analysed(manual(times.manual));
        ServiceAvailability found = result.availability().service(service.getId()).orElseThrow();
        AnalysisResult.Quality quality = result.quality(found);
        double off = exact / found.unavailability() - 1;
        // What is said; what rounding to seconds makes; and that this chain does not repair while
        // it takes over, so that the first host is down longer than its own figures say.
        double takeover = times.coverage * times.failover + (1 - times.coverage) * times.manual;
        double said = quality.relativeError() * 1.05 + 0.01 + takeover / times.mttr;
        assertTrue(off <= said, what + " lacks " + off + ", says " + quality);
        assertTrue(off >= -said, what + " exceeds " + off + ", says " + quality);
        if (quality.kind() == AnalysisResult.Quality.Kind.EXACT) {
            assertEquals(0, off, 0.01, what);
        }
        return off;
    }

    private static Assumptions manual(double hours) {
        Assumptions plain = Drawing.plain(9);
        return new Assumptions(plain.defaults(), 0, hours, 1e-60, 12, 9);
    }
}
