package org.standfest.analysis.availability;

import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.Confidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The library of components, costs and assumptions as three files of a folder that people edit with
 * a spreadsheet: {@code components.csv}, {@code costs.csv}, {@code assumptions.csv}. UTF-8,
 * semicolons, numbers with a point, one head line; lines replace the delivered ones one by one, and
 * a file may be missing. Reads at most 1 MiB of a file. The boundary to the file system.
 */
public final class Library {

    /** The files of a library. */
    public static final List<String> FILES =
            List.of("components.csv", "costs.csv", "assumptions.csv");

    private static final Catalog CATALOG = Catalog.beside(Library.class);
    private static final long BYTES_MOST = 1 << 20;
    private static final int COMPONENT_CELLS = 7;
    private static final int COST_CELLS = 5;
    private static final int ASSUMPTION_CELLS = 7;
    private static final Assumptions DELIVERED = readDelivered();

    private final Map<String, ComponentDefault> components = new LinkedHashMap<>();
    private final Map<Improvement.Kind, CostDefault> costs = new EnumMap<>(Improvement.Kind.class);
    private final Map<String, Double> values = new LinkedHashMap<>();
    private boolean complete;

    private Library() {}

    /** What is delivered. */
    static Assumptions delivered() {
        return DELIVERED;
    }

    private static Assumptions readDelivered() {
        Library library = new Library();
        for (String file : FILES) {
            new String(deliveredBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> library.enter(file, line));
        }
        return library.assumptions();
    }

    private static byte[] deliveredBytes(String file) {
        try (InputStream input = Library.class.getResourceAsStream(file)) {
            return input.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Reads a folder over what is delivered.
     *
     * @return refused with file and line when something cannot be used
     */
    public static Outcome<Assumptions> read(Path folder) {
        Library library = new Library();
        DELIVERED.defaults().all().forEach(it -> library.components.put(it.key(), it));
        DELIVERED.costs().all().forEach(it -> library.costs.put(it.kind(), it));
        new String(deliveredBytes(FILES.getLast()), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .forEach(line -> library.enter(FILES.getLast(), line));
        library.complete = true;
        boolean any = false;
        for (String file : FILES) {
            Path path = folder.resolve(file);
            if (!Files.isRegularFile(path)) {
                continue;
            }
            any = true;
            Optional<Outcome<Assumptions>> fault = library.read(path, file);
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        if (!any) {
            return Outcome.refused(CATALOG.explain("library.none", folder));
        }
        try {
            return Outcome.done(library.assumptions());
        } catch (IllegalArgumentException _) {
            return Outcome.refused(CATALOG.explain("library.range", folder));
        }
    }

    private Optional<Outcome<Assumptions>> read(Path path, String file) {
        List<String> lines;
        try {
            if (Files.size(path) > BYTES_MOST) {
                return Optional.of(
                        Outcome.refused(CATALOG.explain("library.large", path, BYTES_MOST)));
            }
            lines = Files.readAllLines(path, StandardCharsets.UTF_8);
        } catch (CharacterCodingException _) {
            return Optional.of(Outcome.refused(CATALOG.explain("library.line", path, 0, "UTF-8")));
        } catch (IOException broken) {
            return Optional.of(Outcome.failed(CATALOG.explain("library.unreadable", path), broken));
        }
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            try {
                if (!line.isBlank()) {
                    enter(file, line);
                }
            } catch (IllegalArgumentException _) {
                return Optional.of(
                        Outcome.refused(CATALOG.explain("library.line", path, i + 1, line)));
            }
        }
        return Optional.empty();
    }

    /** Throws IllegalArgumentException for what cannot be used. */
    private void enter(String file, String line) {
        switch (FILES.indexOf(file)) {
            case 0 -> component(cells(line, COMPONENT_CELLS));
            case 1 -> cost(cells(line, COST_CELLS));
            default -> assumption(cells(line, ASSUMPTION_CELLS));
        }
    }

    private static List<String> cells(String line, int count) {
        List<String> cells = List.of(line.split(";", count));
        if (cells.size() != count) {
            throw new IllegalArgumentException("cells");
        }
        return cells;
    }

    private static double positive(String text) {
        double value = Double.parseDouble(text.strip());
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private void component(List<String> cells) {
        String key = cells.get(0).strip();
        Confidence confidence = Confidence.get(cells.get(5).strip());
        boolean known = !complete || components.containsKey(key);
        String source = cells.get(6).strip();
        // Whoever calls a figure better than assumed must say where it comes from.
        boolean founded = confidence == Confidence.ASSUMED || !source.isEmpty();
        if (!known || confidence == null || !founded) {
            throw new IllegalArgumentException(key);
        }
        components.put(
                key,
                new ComponentDefault(
                        key,
                        cells.get(1),
                        cells.get(2),
                        positive(cells.get(3)),
                        positive(cells.get(4)),
                        confidence,
                        source));
    }

    private void cost(List<String> cells) {
        CostDefault cost =
                new CostDefault(
                        Improvement.Kind.valueOf(cells.get(0).strip()),
                        Double.parseDouble(cells.get(1).strip()),
                        positive(cells.get(2)),
                        Double.parseDouble(cells.get(3).strip()),
                        cells.get(4).strip());
        if (!(cost.totalPerYear() > 0)) {
            throw new IllegalArgumentException("free");
        }
        costs.put(cost.kind(), cost);
    }

    private void assumption(List<String> cells) {
        String key = cells.get(0).strip();
        double value = Double.parseDouble(cells.get(3).strip());
        if (complete && !values.containsKey(key) || !Double.isFinite(value)) {
            throw new IllegalArgumentException(key);
        }
        values.put(key, value);
    }

    private Assumptions assumptions() {
        return new Assumptions(
                new ComponentDefaults(components),
                new CostDefaults(costs),
                values.get("common-cause-beta"),
                values.get("manual-takeover"),
                values.get("standby-test-interval"),
                values.get("sites-on-a-route").intValue(),
                values.get("repair-crews").intValue(),
                values.get("repair-stages").intValue());
    }

    /**
     * Writes the delivered library into a folder, to be edited.
     *
     * @return the folder; refused when one of the files is there already
     */
    public static Outcome<Path> write(Path folder) {
        try {
            Files.createDirectories(folder);
            for (String file : FILES) {
                if (Files.exists(folder.resolve(file))) {
                    return Outcome.refused(CATALOG.explain("library.exists", folder.resolve(file)));
                }
            }
            for (String file : FILES) {
                Files.write(folder.resolve(file), deliveredBytes(file));
            }
            return Outcome.done(folder);
        } catch (IOException broken) {
            return Outcome.failed(CATALOG.explain("library.unwritable", folder), broken);
        }
    }
}
