package org.standfest.analysis.faulttree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.TreeSet;

class TextsTest {

    @ParameterizedTest
    @ValueSource(strings = {"messages", "mef/messages"})
    void bothLanguagesSayTheSameThings(String name) throws IOException {
        assertEquals(
                new TreeSet<>(texts(name + ".properties").stringPropertyNames()),
                new TreeSet<>(texts(name + "_de.properties").stringPropertyNames()));
    }

    private static Properties texts(String file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        Solver.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
