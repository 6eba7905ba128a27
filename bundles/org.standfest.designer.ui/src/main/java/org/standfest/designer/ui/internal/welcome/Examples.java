package org.standfest.designer.ui.internal.welcome;

import org.standfest.results.Catalog;
import org.standfest.topology.Topology;
import org.standfest.topology.edit.ElementWords;
import org.standfest.topology.files.TopologyFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The example topologies that come with the product. Safe for any thread. */
public final class Examples {

    private static final Catalog TEXTS = Catalog.beside(Examples.class);
    private final Path folder;
    private final Locale locale;

    /**
     * @param folder where they lie
     * @param locale of names and numbers
     */
    public Examples(Path folder, Locale locale) {
        this.folder = folder;
        this.locale = locale;
    }

    /**
     * An example for people.
     *
     * @param file where it lies
     * @param name what it is called
     * @param numbers how much there is in it, in one line
     */
    public record Example(Path file, String name, String numbers) {}

    /** Reads all of them, by file name; those that cannot be read are left out. Blocks. */
    public List<Example> read() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(TopologyFiles.FILE_ENDING))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException noFolder) {
            return List.of();
        }
    }

    private Optional<Example> read(Path file) {
        return new TopologyFiles()
                .read(file)
                .map(loaded -> describe(file, loaded.topology()))
                .result();
    }

    private Example describe(Path file, Topology topology) {
        int hosts =
                topology.getSites().stream()
                        .mapToInt(site -> site.getHosts().size() + site.getServers().size())
                        .sum();
        String numbers =
                TEXTS.text(
                        locale,
                        "numbers",
                        count("sites", topology.getSites().size()),
                        count("machines", hosts),
                        count("vms", topology.getVirtualMachines().size()));
        return new Example(file, new ElementWords(locale).label(topology), numbers);
    }

    private String count(String key, int number) {
        return TEXTS.text(locale, key + (number == 1 ? ".one" : ""), number);
    }
}
