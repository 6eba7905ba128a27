package org.standfest.analysis.availability;

import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.faulttree.Renewal;
import org.standfest.analysis.faulttree.StructureFunction;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * By how much a result is too good because a group is no module of it. The unit of a takeover
 * counts as independent of the machines; but while a takeover is under way, the machine whose
 * failure began it is down. Where a service needs that machine for something else too, both occur
 * together. In first order the result lacks
 *
 * <p>Σ P(E) · Σ s(i) · (P(f | E, i) - P(f | i) - P(f | E) + P(f)),
 *
 * <p>over the units E of groups, s(i) being the share of the demands that begin with i. Where P(f |
 * E) is 1, as for every group that is a module, nothing is missing. One thread.
 */
final class SharedParts {

    private static final double ALWAYS = 1 - 1e-9;
    private static final double NEGLIGIBLE = 1e-12;

    private final IntFunction<StructureFunction> solved;
    private final double[] down;
    private final double[] up;
    private final double[] failures;
    private final Map<Integer, Takeover> byUnit = new HashMap<>();
    private final Map<Integer, Map<Integer, Double>> beginnings = new HashMap<>();

    SharedParts(List<Unit> units, List<Takeover> takeovers, IntFunction<StructureFunction> solved) {
        this.solved = solved;
        down = units.stream().mapToDouble(Unit::unavailability).toArray();
        up = units.stream().mapToDouble(Unit::availability).toArray();
        failures = units.stream().mapToDouble(Unit::failuresPerHour).toArray();
        takeovers.forEach(it -> byUnit.put(it.unit(), it));
    }

    /** By how much the unavailability of a service may be off in first order. */
    double off(ServiceAvailability service) {
        Goal goal = service.goal();
        StructureFunction structure = solved.apply(goal.down());
        if (structure == null || !service.isExact()) {
            return 0;
        }
        double sum = 0;
        for (Weakness it : service.weaknesses()) {
            Takeover takeover = byUnit.get(it.unit());
            double given = it.importance().riskAchievementWorth() * service.unavailability();
            boolean matters = down[it.unit()] > NEGLIGIBLE * service.unavailability();
            if (takeover != null && matters && given < ALWAYS) {
                sum +=
                        down[it.unit()] * given
                                + lacking(structure, takeover, service.unavailability() - given);
            }
        }
        return sum;
    }

    private double lacking(StructureFunction structure, Takeover takeover, double apart) {
        int[] events = structure.events();
        double[] p = down.clone();
        double[] q = up.clone();
        int unit = takeover.unit();
        if (takeover.effect() == Takeover.Effect.TAKEOVER) {
            double sum = 0;
            for (Map.Entry<Integer, Double> begun : beginnings(takeover).entrySet()) {
                int event = begun.getKey();
                if (Arrays.binarySearch(events, event) >= 0) {
                    fix(event, p, q);
                    sum += begun.getValue() * Math.max(0, together(structure, unit, p, q) + apart);
                    p[event] = down[event];
                    q[event] = up[event];
                }
            }
            return down[unit] * sum;
        }
        // Queue, common cause, resynchronisation, spares: with the members that make it so.
        List<Integer> members = takeover.group().members();
        boolean shared = takeover.effect() == Takeover.Effect.SPARES_USED;
        for (int member : shared ? members.subList(1, members.size()) : members) {
            fix(member, p, q);
        }
        return down[unit] * Math.max(0, together(structure, unit, p, q) + apart);
    }

    /** What the unit of a group changes when others are down already. */
    private static double together(StructureFunction structure, int unit, double[] p, double[] q) {
        double before = p[unit];
        double otherwise = q[unit];
        p[unit] = 0;
        q[unit] = 1;
        double without = structure.probability(p, q).value();
        fix(unit, p, q);
        double with = structure.probability(p, q).value();
        p[unit] = before;
        q[unit] = otherwise;
        return with - without;
    }

    private static void fix(int unit, double[] p, double[] q) {
        p[unit] = 1;
        q[unit] = 0;
    }

    /** With which failure a takeover begins, and how often. */
    private Map<Integer, Double> beginnings(Takeover takeover) {
        return beginnings.computeIfAbsent(
                takeover.demand(),
                literal -> {
                    Map<Integer, Double> shares = new HashMap<>();
                    StructureFunction demand = solved.apply(literal);
                    if (demand != null) {
                        Renewal renewal = demand.renewal(down, up, failures);
                        double[] initiators = renewal.initiators();
                        int[] events = demand.events();
                        for (int i = 0; i < events.length; i++) {
                            shares.put(events[i], initiators[i]);
                        }
                    }
                    return shares;
                });
    }
}
