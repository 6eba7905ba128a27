package org.standfest.analysis.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

class FigureTextTest {

    private final FigureText english = new FigureText(Locale.ENGLISH);
    private final FigureText german = new FigureText(Locale.GERMAN);

    @ParameterizedTest
    @CsvSource({
        "0.5, 50.0 %",
        "0.01, 99.0 %",
        "0.0019960079, 99.80 %",
        "0.00013, 99.987 %",
        "1.9e-5, 99.9981 %",
        "1e-16, 99.999999999 %",
        "0, 100 %"
    })
    void showsTwoDigitsBehindTheNinesAndNeverRoundsUp(double down, String words) {
        assertEquals(words, english.availability(down).replace('\u00a0', ' '));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "0.001, '< 0,1 s'",
        "0.05, 3 s",
        "9.6, '9,6 min'",
        "59, 59 min",
        "60, 1 h",
        "69, 1 h 9 min",
        "2900, 2 Tage",
        "3000, 2 T 2 h",
        "28800, 20 Tage",
        "1576800, 3 Jahre",
        "Infinity, nie"
    })
    void saysDurationsInTheUnitThatFits(double minutes, String words) {
        assertEquals(words, plain(german.minutes(minutes)));
    }

    private static String plain(String words) {
        return words.replace('\u00a0', ' ');
    }

    @Test
    void neverSaysAlwaysOfWhatFailsAtTimes() {
        assertEquals("100 %", plain(english.keptShare(0)));
        assertEquals("99.9999 %", plain(english.keptShare(1e-9)).substring(0, 7) + " %");
        assertEquals("0 %", plain(english.keptShare(1)));
    }

    @Test
    void hasTheSameTextsInBothLanguages() throws IOException {
        assertEquals(
                texts("messages.properties").stringPropertyNames(),
                texts("messages_de.properties").stringPropertyNames());
    }

    private static Properties texts(String file) throws IOException {
        Properties properties = new Properties();
        Path place = Path.of("src/main/java/org/standfest/analysis/reports", file);
        try (Reader reader = Files.newBufferedReader(place)) {
            properties.load(reader);
        }
        return properties;
    }
}
