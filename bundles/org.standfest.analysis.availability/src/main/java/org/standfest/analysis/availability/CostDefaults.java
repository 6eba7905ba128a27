package org.standfest.analysis.availability;

import org.standfest.analysis.availability.Improvement.Kind;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * What improvements cost as long as nobody says better: the invest over the years of use plus what
 * each year costs. All of it is assumed, none has a source. Immutable.
 */
public final class CostDefaults {

    private static final int COLUMNS = 5;

    private final Map<Kind, Double> euroPerYear;

    private CostDefaults(Map<Kind, Double> euroPerYear) {
        this.euroPerYear = euroPerYear;
    }

    /** The library that is delivered. */
    public static CostDefaults delivered() {
        Map<Kind, Double> read = new EnumMap<>(Kind.class);
        try (InputStream input = CostDefaults.class.getResourceAsStream("costs.csv");
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            reader.lines()
                    .skip(1)
                    .map(line -> line.split(";", COLUMNS))
                    .forEach(
                            it ->
                                    read.put(
                                            Kind.valueOf(it[0]),
                                            Double.parseDouble(it[1]) / Double.parseDouble(it[2])
                                                    + Double.parseDouble(it[3])));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new CostDefaults(read);
    }

    /** The same library with one cost replaced. */
    public CostDefaults with(Kind kind, double euro) {
        Map<Kind, Double> changed = new EnumMap<>(euroPerYear);
        changed.put(kind, euro);
        return new CostDefaults(changed);
    }

    /** What it costs in a year; above 0. */
    public double euroPerYear(Kind kind) {
        return euroPerYear.get(kind);
    }
}
