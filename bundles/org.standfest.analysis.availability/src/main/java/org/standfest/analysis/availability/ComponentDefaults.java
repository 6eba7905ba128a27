package org.standfest.analysis.availability;

import org.standfest.topology.Confidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The library of components: figures for everything for which a topology states none. Delivered
 * ones can be replaced one by one. Immutable.
 */
public final class ComponentDefaults {

    private static final int COLUMNS = 7;

    private final Map<String, ComponentDefault> byKey;

    private ComponentDefaults(Map<String, ComponentDefault> byKey) {
        this.byKey = Collections.unmodifiableMap(byKey);
    }

    /** The library that is delivered. */
    public static ComponentDefaults delivered() {
        try (InputStream input = ComponentDefaults.class.getResourceAsStream("defaults.csv");
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            Map<String, ComponentDefault> read = new LinkedHashMap<>();
            reader.lines().skip(1).forEach(it -> add(it, read));
            return new ComponentDefaults(read);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void add(String line, Map<String, ComponentDefault> into) {
        List<String> cells = List.of(line.split(";", COLUMNS));
        into.put(
                cells.get(0),
                new ComponentDefault(
                        cells.get(0),
                        cells.get(1),
                        cells.get(2),
                        Double.parseDouble(cells.get(3)),
                        Double.parseDouble(cells.get(4)),
                        Confidence.get(cells.get(5)),
                        cells.get(6)));
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
