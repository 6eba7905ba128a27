package org.standfest.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** A bundle as its manifest describes it; {@code name} is the symbolic name. */
record Bundle(String name, Map<String, String> headers, Path folder) {

    static final String OURS = "org.standfest.";

    /** One clause of a header: {@code org.x;version="[1,2)";resolution:=optional}. */
    record Clause(String path, Map<String, String> parameters) {

        String parameter(String key) {
            return parameters.getOrDefault(key, "");
        }
    }

    static Bundle read(Path folder) {
        try (InputStream in = Files.newInputStream(folder.resolve("META-INF/MANIFEST.MF"))) {
            Map<String, String> headers = new HashMap<>();
            Attributes main = new Manifest(in).getMainAttributes();
            main.forEach((key, value) -> headers.put(key.toString(), value.toString()));
            String symbolic =
                    parse(headers.getOrDefault("Bundle-SymbolicName", "?")).getFirst().path();
            return new Bundle(symbolic, headers, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name without {@code org.standfest.}, as the tables write it. */
    String shortName() {
        return name.startsWith(OURS) ? name.substring(OURS.length()) : name;
    }

    boolean isFace() {
        return name.endsWith(".ui");
    }

    List<Clause> header(String key) {
        return parse(headers.getOrDefault(key, ""));
    }

    /** Splits a header at commas and its clauses at semicolons, both outside quotes. */
    static List<Clause> parse(String header) {
        List<Clause> clauses = new ArrayList<>();
        for (String clause : split(header, ',')) {
            Map<String, String> parameters = new HashMap<>();
            List<String> parts = split(clause, ';');
            for (String part : parts.subList(1, parts.size())) {
                int equals = part.indexOf('=');
                String key = equals < 0 ? part : part.substring(0, equals).replaceAll(":$", "");
                parameters.put(
                        key.strip(),
                        equals < 0 ? "" : part.substring(equals + 1).strip().replace("\"", ""));
            }
            clauses.add(new Clause(parts.getFirst(), parameters));
        }
        return clauses;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (char c : text.toCharArray()) {
            quoted ^= c == '"';
            if (c == separator && !quoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (!part.toString().isBlank()) {
            parts.add(part.toString().strip());
        }
        return parts;
    }
}
