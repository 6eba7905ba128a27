package org.standfest.restore.ui.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

class CatalogsTest {

    @Test
    void haveTheSameKeysInBothLanguages() throws IOException {
        List<Path> english;
        try (Stream<Path> files = Files.walk(Path.of("."))) {
            english =
                    files.filter(file -> !file.toString().contains("target"))
                            .filter(
                                    file ->
                                            file.toString()
                                                    .matches(".*(messages|bundle)\\.properties"))
                            .toList();
        }
        assertFalse(english.isEmpty());
        for (Path file : english) {
            String name = file.getFileName().toString().replace(".properties", "_de.properties");
            assertEquals(
                    read(file).stringPropertyNames(),
                    read(file.resolveSibling(name)).stringPropertyNames(),
                    file.toString());
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
