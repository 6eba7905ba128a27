package org.standfest.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Everything the structure rules look at: the bundles, the ranks, README's table. */
record House(List<Bundle> bundles, Layers layers, String readme) {

    /** The checkout this test runs in. */
    static Path root() {
        String named = System.getProperty("standfest.root");
        return named == null ? Path.of("../../..").toAbsolutePath().normalize() : Path.of(named);
    }

    static House read(Path root) {
        return new House(
                folders(root.resolve("bundles")).map(Bundle::read).toList(),
                Layers.parse(text(root.resolve("releng/checks/layers.txt"))),
                text(root.resolve("README.md")));
    }

    static Stream<Path> folders(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children
                    .filter(it -> Files.exists(it.resolve("META-INF/MANIFEST.MF")))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
