package org.standfest.analysis.availability;

import org.standfest.analysis.availability.Unit.Role;
import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.groups.DormantUnit;
import org.standfest.topology.Component;
import org.standfest.topology.Confidence;
import org.standfest.topology.Element;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * The units of a topology and their figures. The same key keeps its index for as long as this
 * lives, so that an edit leaves what it does not touch as it was. One thread.
 */
final class Units {

    private final Formula formula;
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<Unit> units = new ArrayList<>();
    private final List<Optional<Basis>> bases = new ArrayList<>();
    private final Map<String, Integer> dataIndices = new HashMap<>();
    private final List<Datum> data = new ArrayList<>();
    private ComponentDefaults defaults;

    Units(Formula formula) {
        this.formula = formula;
    }

    void use(ComponentDefaults chosen) {
        defaults = chosen;
    }

    List<Unit> all() {
        return List.copyOf(units);
    }

    /** How each unit's figures follow from data; empty for those that follow from other units. */
    List<Optional<Basis>> bases() {
        return List.copyOf(bases);
    }

    /** What the bases rest on. */
    List<Datum> data() {
        return List.copyOf(data);
    }

    Unit get(int index) {
        return units.get(index);
    }

    /** What is stated of an element, or the default of its kind. */
    Figures figures(Component element, String kind) {
        return Figures.of(element, defaults.of(kind));
    }

    /** An element that fails by itself. */
    int itself(Component element, String kind) {
        return share(element, "", Role.ITSELF, figures(element, kind), _ -> 1);
    }

    /** A machine that fails by itself, and waits until somebody begins to repair it. */
    int itself(Component element, String kind, double waitHours) {
        return add(
                element,
                "",
                Role.ITSELF,
                figures(element, kind),
                (mtbf, mttr) -> shared(mtbf, mttr + waitHours, 1));
    }

    /** A part of an element that the model has no words for. */
    int assumed(Element element, String part, Role role, String kind) {
        return share(element, part, role, Figures.of(defaults.of(kind)), _ -> 1);
    }

    /**
     * A share of something's failures.
     *
     * @param shareOfMttr how many of them, 0 to 1, from the mean time to repair in hours
     */
    int share(
            Element element,
            String part,
            Role role,
            Figures figures,
            DoubleUnaryOperator shareOfMttr) {
        return add(
                element,
                part,
                role,
                figures,
                (mtbf, mttr) -> shared(mtbf, mttr, shareOfMttr.applyAsDouble(mttr)));
    }

    private static double[] shared(double mtbfHours, double mttrHours, double share) {
        double cycle = mtbfHours + mttrHours;
        double unavailability = share * mttrHours / cycle;
        double availability = share == 1 ? mtbfHours / cycle : 1 - unavailability;
        return new double[] {unavailability, availability, share / cycle};
    }

    /** A unit whose figures follow from others; {@link TakeoverFigures} gives them. */
    int derived(Element element, String part, Role role) {
        return derived(String.valueOf(element.getId()), name(element), key(element, part), role);
    }

    /** The same for something that belongs to an element, by a name and a key of its own. */
    int derived(String elementId, String elementName, String key, Role role) {
        Unit unit =
                new Unit(
                        index(key),
                        key,
                        elementId,
                        elementName,
                        role,
                        0,
                        1,
                        0,
                        Confidence.ASSUMED,
                        "",
                        true);
        return put(unit, null);
    }

    /** A unit whose failure is hidden until it is tested. */
    int dormant(Element element, String part, String kind, double testIntervalHours) {
        return add(
                element,
                part,
                Role.DORMANT,
                Figures.of(defaults.of(kind)),
                (mtbf, _) -> hidden(mtbf, testIntervalHours));
    }

    private static double[] hidden(double mtbfHours, double testIntervalHours) {
        GroupAvailability hidden = new DormantUnit(mtbfHours, testIntervalHours).solve().orThrow();
        return new double[] {
            hidden.unavailability(), hidden.availability(), hidden.failureFrequencyPerHour()
        };
    }

    private int add(Element element, String part, Role role, Figures figures, Basis.How how) {
        Basis basis =
                new Basis(
                        datum(figures, Datum.What.MTBF),
                        datum(figures, Datum.What.MTTR),
                        figures.mtbfHours(),
                        figures.mttrHours(),
                        how);
        double[] numbers = basis.numbers();
        Unit unit =
                new Unit(
                        index(key(element, part)),
                        key(element, part),
                        String.valueOf(element.getId()),
                        name(element),
                        role,
                        numbers[0],
                        numbers[1],
                        numbers[2],
                        figures.confidence(),
                        figures.source(),
                        figures.assumed());
        return put(unit, basis);
    }

    private int datum(Figures figures, Datum.What what) {
        int index =
                dataIndices.computeIfAbsent(figures.origin() + " " + what, _ -> dataIndices.size());
        Datum datum =
                new Datum(
                        figures.origin(),
                        what,
                        figures.english(),
                        figures.german(),
                        figures.confidence());
        if (index == data.size()) {
            data.add(datum);
        } else {
            data.set(index, datum);
        }
        return index;
    }

    private static String key(Element element, String part) {
        return element.getId() + (part.isEmpty() ? "" : "#" + part);
    }

    private static String name(Element element) {
        return element.getName() == null ? "" : element.getName();
    }

    private int index(String key) {
        return indices.computeIfAbsent(key, _ -> indices.size());
    }

    private int put(Unit unit, Basis basis) {
        if (unit.index() == units.size()) {
            units.add(unit);
            bases.add(Optional.ofNullable(basis));
        } else {
            units.set(unit.index(), unit);
            bases.set(unit.index(), Optional.ofNullable(basis));
        }
        return formula.variable(unit.index());
    }
}
