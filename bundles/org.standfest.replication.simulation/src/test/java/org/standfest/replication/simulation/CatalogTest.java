package org.standfest.replication.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

class CatalogTest {

    @Test
    void saysEverythingInBothLanguages() throws IOException {
        assertEquals(load("messages.properties").keySet(), load("messages_de.properties").keySet());
    }

    private static Properties load(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader in =
                new InputStreamReader(
                        Simulator.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        return properties;
    }
}
