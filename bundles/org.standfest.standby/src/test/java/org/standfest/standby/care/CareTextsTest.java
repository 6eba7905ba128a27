package org.standfest.standby.care;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The texts. */
class CareTextsTest {

    @Test
    void bothCatalogsHaveTheSameKeys() throws IOException {
        assertEquals(keys("messages.properties"), keys("messages_de.properties"));
    }

    private static Set<Object> keys(String file) throws IOException {
        Properties properties = new Properties();
        try (var in = Care.class.getResourceAsStream(file)) {
            properties.load(in);
        }
        return new TreeSet<>(properties.keySet());
    }
}
