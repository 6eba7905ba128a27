package org.standfest.adaptation.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;

class CatalogTest {

    @Test
    void bothLanguagesAreCompleteAndWellFormed() throws IOException {
        Properties english = texts("messages.properties");
        Properties german = texts("messages_de.properties");
        assertEquals(english.keySet(), german.keySet());
        for (String key : english.stringPropertyNames()) {
            assertTrue(key.matches("[a-z0-9.-]+\\.(happened|meaning|next)"), key);
            for (Properties texts : new Properties[] {english, german}) {
                String text = texts.getProperty(key);
                assertFalse(text.isBlank(), key);
                assertFalse(text.matches(".*[^']'[^'].*"), "apostrophe to be doubled in " + key);
                assertFalse(new MessageFormat(text, Locale.ROOT).toPattern().isEmpty(), key);
            }
            String stem = key.substring(0, key.lastIndexOf('.'));
            for (String part : new String[] {"happened", "meaning", "next"}) {
                assertTrue(english.containsKey(stem + "." + part), stem);
            }
        }
    }

    private static Properties texts(String name) throws IOException {
        Properties all = new Properties();
        try (var stream = DemoGuestAdapter.class.getResourceAsStream(name)) {
            all.load(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return all;
    }
}
