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

/**
 * The units of a topology and their figures. The same key keeps its index for as long as this
 * lives, so that an edit leaves what it does not touch as it was. One thread.
 */
final class Units {

    private final Formula formula;
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<Unit> units = new ArrayList<>();
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

    Unit get(int index) {
        return units.get(index);
    }

    /** What is stated of an element, or the default of its kind. */
    Figures figures(Component element, String kind) {
        return Figures.of(element, defaults.of(kind));
    }

    /** An element that fails by itself. */
    int itself(Component element, String kind) {
        return share(element, "", Role.ITSELF, figures(element, kind), 1);
    }

    /** A part of an element that the model has no words for. */
    int assumed(Element element, String part, Role role, String kind) {
        return share(element, part, role, Figures.of(defaults.of(kind)), 1);
    }

    /**
     * A share of something's failures.
     *
     * @param share how many of them, 0 to 1
     */
    int share(Element element, String part, Role role, Figures figures, double share) {
        double cycle = figures.cycleHours();
        double unavailability = share * figures.mttrHours() / cycle;
        double availability = share == 1 ? figures.mtbfHours() / cycle : 1 - unavailability;
        return add(
                element,
                part,
                role,
                figures,
                new double[] {unavailability, availability, share / cycle});
    }

    /** A unit whose figures follow from others; {@link TakeoverFigures} gives them. */
    int derived(Element element, String part, Role role) {
        Figures none = new Figures(1, 1, Confidence.ASSUMED, "", true);
        return add(element, part, role, none, new double[] {0, 1, 0});
    }

    /** A unit whose failure is hidden until it is tested. */
    int dormant(Element element, String part, String kind, double testIntervalHours) {
        Figures figures = Figures.of(defaults.of(kind));
        GroupAvailability hidden =
                new DormantUnit(figures.mtbfHours(), testIntervalHours).solve().orThrow();
        return add(
                element,
                part,
                Role.DORMANT,
                figures,
                new double[] {
                    hidden.unavailability(), hidden.availability(), hidden.failureFrequencyPerHour()
                });
    }

    private int add(Element element, String part, Role role, Figures figures, double[] numbers) {
        String key = element.getId() + (part.isEmpty() ? "" : "#" + part);
        int index = indices.computeIfAbsent(key, _ -> indices.size());
        Unit unit =
                new Unit(
                        index,
                        key,
                        String.valueOf(element.getId()),
                        element.getName() == null ? "" : element.getName(),
                        role,
                        numbers[0],
                        numbers[1],
                        numbers[2],
                        figures.confidence(),
                        figures.source(),
                        figures.assumed());
        if (index == units.size()) {
            units.add(unit);
        } else {
            units.set(index, unit);
        }
        return formula.variable(index);
    }
}
