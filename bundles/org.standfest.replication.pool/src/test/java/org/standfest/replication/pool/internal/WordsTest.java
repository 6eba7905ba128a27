package org.standfest.replication.pool.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.replication.pool.ImagePool;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;

final class WordsTest {

    private static Properties texts(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        ImagePool.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }

    @Test
    void bothLanguagesAreComplete() throws IOException {
        Properties english = texts("messages.properties");
        Properties german = texts("messages_de.properties");
        assertEquals(
                new TreeSet<>(english.stringPropertyNames()),
                new TreeSet<>(german.stringPropertyNames()));
        for (String key : english.stringPropertyNames()) {
            assertFalse(english.getProperty(key).isBlank(), key);
            assertFalse(german.getProperty(key).isBlank(), key);
            String code = key.substring(0, key.lastIndexOf('.'));
            for (String part : new String[] {".happened", ".meaning", ".next"}) {
                assertTrue(english.containsKey(code + part), code + part);
            }
        }
    }

    @Test
    void aFullDiskAndDamageAreExplainedAsSuch() {
        Outcome<Object> full =
                Words.outcome(
                        () -> {
                            throw new IOException("No space left on device");
                        });
        assertEquals("pool.disk-full-while-writing", full.problem().orElseThrow().code());
        Explanation damage =
                Words.<Object>outcome(
                                () -> {
                                    throw new Damage("manifest ends early");
                                })
                        .problem()
                        .orElseThrow();
        assertTrue(damage.happened(Locale.GERMAN).contains("manifest ends early"));
    }
}
