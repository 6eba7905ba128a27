package org.standfest.management;

import java.util.List;

/**
 * How a standby replaces systems: the classic model (so many at once, by priority, the others go on
 * being replicated), the branch model's ways, or both.
 *
 * @param places how many systems it replaces at once, 1 to 64; 0 = as many as its hardware bears
 * @param systems the systems that have rules of their own, each once, at most 256
 * @param spares agents on machines of the spare pool, each once, at most 64; a system may return to
 *     any of them
 */
public record ReplacementModel(int places, List<SystemReplacement> systems, List<String> spares) {

    /** As many as come, each where the standby stands, no spare machines. */
    public static final ReplacementModel NONE = new ReplacementModel(0, List.of(), List.of());

    private static final int MOST_PLACES = 64;
    private static final int MOST_SYSTEMS = 256;

    /** Checks the ranges; throws IllegalArgumentException. */
    public ReplacementModel {
        systems = List.copyOf(systems);
        spares = List.copyOf(spares);
        spares.forEach(Limits::name);
        long different = systems.stream().map(SystemReplacement::systemId).distinct().count();
        if (places < 0
                || places > MOST_PLACES
                || systems.size() > MOST_SYSTEMS
                || spares.size() > MOST_PLACES
                || different != systems.size()
                || spares.stream().distinct().count() != spares.size()) {
            throw new IllegalArgumentException("places, systems or spares");
        }
    }

    /** The rules of a system. */
    public SystemReplacement of(String systemId) {
        return systems.stream()
                .filter(one -> one.systemId().equals(systemId))
                .findFirst()
                .orElseGet(() -> SystemReplacement.of(systemId));
    }
}
