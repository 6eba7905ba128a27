package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.faulttree.Renewal;
import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.analysis.markov.SteadyState;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.ImagePool;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.PowerFeedKind;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.VirtualMachine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

/**
 * Services that use a group and its machines, and something else, in random ways: against the chain
 * of all states (that chains are solved right is compared with exact fractions in their own
 * bundle).
 */
class MultiStatesTest {

    private static final int STRUCTURES = 60;
    private static final int LINES = 200;

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
            // The machine is repaired meanwhile too: so the mean is that of what is cut short.
            double hours = at.phase == Phase.AUTOMATIC ? times.failover : times.manual;
            State over = new State(true, false, at.other, Phase.NONE);
            moves.to(over, 1 / hours - 1 / times.mttr);
            moves.to(new State(false, false, at.other, Phase.NONE), 1 / times.mttr);
            moves.to(new State(true, true, at.other, Phase.NONE), 1 / times.mttf);
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
        boolean unmet(IntPredicate lost) {
            return parts.stream().filter(lost.negate()).count() < required;
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
    void aPairAndItsMachinesAreUsedTogether() {
        Random random = new Random(11);
        int apart = 0;
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
                                                            .anyMatch(
                                                                    it -> it.unmet(state::lost))));
            apart += compare(number + " " + needs, times, needs, exact) ? 1 : 0;
        }
        assertTrue(apart > STRUCTURES / 10, apart + " are no modules");
    }

    /** Whether it took variables of several states. */
    private static boolean compare(String what, Times times, List<Need> needs, double exact) {
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
        // Takeovers are rounded to seconds; an exact result has to be as close as an estimate.
        assertEquals(0, off, 0.01, what + " says " + quality);
        return isApart(result, found);
    }

    private static boolean isApart(AnalysisResult result, ServiceAvailability found) {
        List<Unit> units = result.availability().units();
        return found.weaknesses().stream()
                .anyMatch(it -> units.get(it.unit()).elementName().contains(": "));
    }

    private static Assumptions manual(double hours) {
        Assumptions plain = Drawing.plain(9);
        return new Assumptions(plain.defaults(), 0, hours, 1e-60, 12, 9);
    }

    /** What can make the takeover to a standby necessary. */
    private enum Reason {
        UP,
        TAKING_OVER,
        TAKEN_OVER
    }

    /** A server and its feed with three states each, its standby and another server with two. */
    private record Lines(Reason server, Reason feed, boolean standby, boolean other) {
        boolean lost(int part, boolean sameFeed) {
            boolean dark = feed != Reason.UP;
            boolean standbyDown = standby || sameFeed && dark;
            return switch (part) {
                case 0 ->
                        server == Reason.TAKING_OVER
                                || feed == Reason.TAKING_OVER
                                || (server != Reason.UP || dark) && standbyDown;
                case 1 -> standbyDown;
                case 2 -> other || dark;
                default -> throw new IllegalArgumentException();
            };
        }
    }

    /** Mean times in hours; the takeover's is that of an exponential one cut short by repairs. */
    private record Data(double[] mttf, double[] mttr, int seconds) {
        void moves(Lines at, StateSpace.Moves<Lines> moves) {
            for (Reason next : Reason.values()) {
                moves.to(new Lines(next, at.feed, at.standby, at.other), rate(0, at.server, next));
                moves.to(new Lines(at.server, next, at.standby, at.other), rate(1, at.feed, next));
            }
            moves.to(
                    new Lines(at.server, at.feed, !at.standby, at.other),
                    1 / (at.standby ? mttr[2] : mttf[2]));
            moves.to(
                    new Lines(at.server, at.feed, at.standby, !at.other),
                    1 / (at.other ? mttr[3] : mttf[3]));
        }

        double unavailability(int unit) {
            return mttr[unit] / (mttf[unit] + mttr[unit]);
        }

        private double rate(int unit, Reason from, Reason to) {
            if (from == Reason.UP) {
                return to == Reason.TAKING_OVER ? 1 / mttf[unit] : 0;
            }
            boolean takeover = from == Reason.TAKING_OVER && to == Reason.TAKEN_OVER;
            if (takeover) {
                return 3600.0 / seconds - 1 / mttr[unit];
            }
            return to == Reason.UP ? 1 / mttr[unit] : 0;
        }
    }

    @Test
    void aStandbyAndWhatItSharesWithItsSystemComeOutExactly() {
        Random random = new Random(29);
        int apart = 0;
        for (int number = 0; number < LINES; number++) {
            double[] mttf = random.doubles(4, 500, 9000).toArray();
            double[] mttr = random.doubles(4, 4, 30).toArray();
            Data data = new Data(mttf, mttr, 60 + random.nextInt(7200));
            boolean same = random.nextBoolean();
            List<Need> needs = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                Need need = random(random);
                need.parts.clear(PARTS - 1);
                if (need.required <= need.parts.cardinality()) {
                    needs.add(need);
                }
            }
            StateSpace<Lines> space =
                    StateSpace.explore(
                            new Lines(Reason.UP, Reason.UP, false, false), data::moves, 100);
            BitSet down =
                    space.where(
                            state ->
                                    needs.stream()
                                            .anyMatch(it -> it.unmet(i -> state.lost(i, same))));
            BitSet up = space.where(_ -> true);
            up.andNot(down);
            SteadyState steady = SteadyState.of(space.chain(), Effort.STANDARD);
            Answer found = drawn(data, same, needs);
            String what = number + " " + needs + " " + same;
            double exact = steady.of(down);
            double often = steady.frequencyPerHour(space.chain(), up, down);
            // A module has one takeover for both reasons together: not for each of them.
            double again = found.error == 0 ? 0 : data.unavailability(0) + data.unavailability(1);
            double error = found.apart ? 1e-11 : 1e-11 + found.error + again;
            apart += found.apart ? 1 : 0;
            assertEquals(exact, found.renewal.unavailability(), error * exact, what);
            assertEquals(often, found.renewal.failuresPerHour(), 10 * error * often, what);
        }
        assertTrue(apart > LINES / 10 && apart < LINES, apart + " are no modules");
    }

    /** What came out, whether with variables of several states, and what else may be missing. */
    private record Answer(Renewal renewal, boolean apart, double error) {}

    private static Answer drawn(Data data, boolean sameFeed, List<Need> needs) {
        Drawing drawing = new Drawing();
        Site site = drawing.site("s");
        PowerFeed feed = drawing.named(Drawing.MAKE.createPowerFeed());
        feed.setKind(PowerFeedKind.GENERATOR);
        feed.setFailureData(drawing.figures(data.mttf[1], data.mttr[1]));
        site.getPowerFeeds().add(feed);
        PhysicalServer server = server(drawing, site, data, 0);
        PhysicalServer standby = server(drawing, site, data, 2);
        PhysicalServer other = server(drawing, site, data, 3);
        server.getPowerFeeds().add(feed);
        other.getPowerFeeds().add(feed);
        if (sameFeed) {
            standby.getPowerFeeds().add(feed);
        }
        ImagePool pool = drawing.named(Drawing.MAKE.createImagePool());
        pool.setStandby(standby);
        pool.setParallelActivations(9);
        drawing.topology.getImagePools().add(pool);
        StandbyProtection protection = drawing.named(Drawing.MAKE.createStandbyProtection());
        protection.setImagePool(pool);
        protection.setCoverage(1);
        protection.setTakeoverSeconds(data.seconds);
        protection.getWorkloads().add(server);
        drawing.topology.getProtections().add(protection);
        Service service = drawing.named(Drawing.MAKE.createService());
        needs.forEach(it -> add(drawing, service, it, List.of(server, standby, other)));
        drawing.topology.getServices().add(service);
        AnalysisResult result = drawing.analysed(Drawing.plain(9));
        ServiceAvailability found = result.availability().service(service.getId()).orElseThrow();
        return new Answer(
                found.renewal().orElseThrow(),
                isApart(result, found),
                result.quality(found).relativeError());
    }

    private static PhysicalServer server(Drawing drawing, Site site, Data data, int index) {
        PhysicalServer server = drawing.named(Drawing.MAKE.createPhysicalServer());
        server.setFailureData(drawing.figures(data.mttf[index], data.mttr[index]));
        site.getServers().add(server);
        return server;
    }
}
