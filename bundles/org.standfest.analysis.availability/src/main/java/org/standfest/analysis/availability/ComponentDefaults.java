package org.standfest.analysis.availability;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The library of components: figures for everything for which a topology states none. Delivered
 * ones can be replaced one by one. Immutable.
 */
public final class ComponentDefaults {

    private final Map<String, ComponentDefault> byKey;

    ComponentDefaults(Map<String, ComponentDefault> byKey) {
        this.byKey = Collections.unmodifiableMap(new LinkedHashMap<>(byKey));
    }

    /** The library that is delivered. */
    public static ComponentDefaults delivered() {
        return Library.delivered().defaults();
    }

    /** The same library with one entry replaced or added. */
    public ComponentDefaults with(ComponentDefault entry) {
        Map<String, ComponentDefault> changed = new LinkedHashMap<>(byKey);
        changed.put(entry.key(), entry);
        return new ComponentDefaults(changed);
    }

    /** The entry of a kind that the library has. */
    public ComponentDefault of(String key) {
        ComponentDefault found = byKey.get(key);
        if (found == null) {
            throw new IllegalArgumentException("no default for " + key);
        }
        return found;
    }

    /** All entries. */
    public Collection<ComponentDefault> all() {
        return byKey.values();
    }
}
