package org.standfest.recovery.ways;

import org.standfest.management.ReplacementModel;
import org.standfest.recovery.Facts;
import org.standfest.results.Outcome;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which machine of the spare pool is brought which system: each at most one. Nothing is kept here;
 * a machine belongs to whom its agent protects and to whom a return at work leads there, so a crash
 * changes nothing. Safe for any thread.
 */
public final class SparePool {

    private final Surroundings around;

    /** With what it looks at. */
    public SparePool(Surroundings around) {
        this.around = Objects.requireNonNull(around);
    }

    /**
     * Where a system could be brought to now.
     *
     * @param wanted the agent there; empty for any machine of the pool that is free and connected
     * @return the agent; refused if no machine is free, or the wanted one is another system's
     */
    public Outcome<String> landing(String systemId, String wanted) {
        return around.model()
                .then(
                        model ->
                                wanted.isEmpty()
                                        ? free(systemId, model)
                                        : own(systemId, wanted, model));
    }

    /**
     * Chooses and begins as one act, so that nobody else is given the machine in between.
     *
     * @param begin begins to bring the system to an agent; when it returns, {@link
     *     Surroundings#courses} knows of it
     */
    public synchronized <T> Outcome<T> land(
            String systemId, String wanted, Function<String, Outcome<T>> begin) {
        return landing(systemId, wanted).then(begin);
    }

    private Outcome<String> free(String systemId, ReplacementModel model) {
        return model.spares().stream()
                .filter(agent -> holders(agent).isEmpty())
                .filter(around::connected)
                .findFirst()
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(WayTexts.explain("way.no-spare", systemId)));
    }

    /** An agent that is not of the pool may protect many systems. */
    private Outcome<String> own(String systemId, String wanted, ReplacementModel model) {
        List<String> others = holders(wanted).stream().filter(id -> !id.equals(systemId)).toList();
        return others.isEmpty() || !model.spares().contains(wanted)
                ? Outcome.done(wanted)
                : Outcome.refused(
                        WayTexts.explain(
                                "way.spare-taken", systemId, wanted, String.join(", ", others)));
    }

    private Set<String> holders(String agent) {
        Set<String> holders = new TreeSet<>();
        around.courses()
                .forEach(
                        (id, course) -> {
                            Optional<Map<String, String>> atWork =
                                    course.operation()
                                            .filter(_ -> course.busy())
                                            .map(operation -> operation.facts());
                            boolean led =
                                    atWork.map(facts -> facts.get(Facts.AGENT))
                                            .filter(agent::equals)
                                            .isPresent();
                            if (led || around.protector(id).filter(agent::equals).isPresent()) {
                                holders.add(id);
                            }
                        });
        return holders;
    }
}
