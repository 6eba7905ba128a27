package org.standfest.analysis.availability;

import org.standfest.analysis.availability.Improvement.Kind;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What improvements cost as long as nobody says better. All that is delivered is assumed, none has
 * a source; {@link Library} replaces entries from a file. Immutable.
 */
public final class CostDefaults {

    private final Map<Kind, CostDefault> byKind;

    CostDefaults(Map<Kind, CostDefault> byKind) {
        this.byKind = Collections.unmodifiableMap(new EnumMap<>(byKind));
    }

    /** The library that is delivered. */
    public static CostDefaults delivered() {
        return Library.delivered().costs();
    }

    /** The same library with one cost replaced. */
    public CostDefaults with(CostDefault entry) {
        Map<Kind, CostDefault> changed = new EnumMap<>(byKind);
        changed.put(entry.kind(), entry);
        return new CostDefaults(changed);
    }

    /** What an improvement costs. */
    public CostDefault of(Kind kind) {
        return byKind.get(kind);
    }

    /** What it costs in a year. */
    public double euroPerYear(Kind kind) {
        return of(kind).totalPerYear();
    }

    /** All entries. */
    public Collection<CostDefault> all() {
        return byKind.values();
    }
}
