package org.standfest.architecture;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One file of texts for people, in English and in German.
 *
 * @param name the English file, below the root of the checkout
 */
record Texts(String name, Map<String, String> english, Map<String, String> german) {

    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)");

    /** A single apostrophe: it would begin a quotation, and what follows would not be filled in. */
    private static final Pattern LONELY = Pattern.compile("(?<!')'(?!')");

    static boolean isEnglish(Path file) {
        return file.getFileName().toString().matches("(messages|bundle|plugin)\\.properties")
                && !file.toString().contains("/target/")
                && !file.toString().contains("/src/test/");
    }

    static Texts read(Path file) {
        String name = file.getFileName().toString();
        Path german = file.resolveSibling(name.replace(".properties", "_de.properties"));
        return new Texts(
                House.root().relativize(file).toString(),
                parse(House.text(file)),
                parse(Files.exists(german) ? House.text(german) : ""));
    }

    static Map<String, String> parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, properties::getProperty));
    }

    /** What is wrong with them, a line each. */
    List<String> faults() {
        List<String> bad = new ArrayList<>();
        Set<String> keys = new TreeSet<>(english.keySet());
        keys.addAll(german.keySet());
        for (String key : keys) {
            String left = english.getOrDefault(key, "");
            String right = german.getOrDefault(key, "");
            if (left.isBlank() || right.isBlank()) {
                bad.add(name + ": " + key + " is not there in both languages");
            } else if (!places(left).equals(places(right))) {
                bad.add(name + ": " + key + " fills in other places in each language");
            }
            if (isPattern()) {
                bad.addAll(ill(key, left));
                bad.addAll(ill(key + " (German)", right));
            }
        }
        return bad;
    }

    /** Others are read by the platform, which fills nothing in. */
    private boolean isPattern() {
        return name.endsWith("messages.properties");
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> ill(String key, String text) {
        if (LONELY.matcher(text).find()) {
            return List.of(name + ": apostrophe to be doubled in " + key);
        }
        try {
            new MessageFormat(text, Locale.ROOT);
            return List.of();
        } catch (IllegalArgumentException wrong) {
            return List.of(name + ": " + key + " is no pattern: " + wrong.getMessage());
        }
    }

    /** Whether an explanation with a code, or with the end of one, has all of its parts. */
    boolean explains(String code) {
        return english.keySet().stream()
                .filter(key -> key.endsWith(".happened"))
                .map(key -> key.substring(0, key.length() - ".happened".length()))
                .filter(known -> known.equals(code) || known.endsWith('.' + code))
                .anyMatch(known -> has(known, "meaning") && has(known, "next"));
    }

    private boolean has(String code, String part) {
        return english.containsKey(code + '.' + part);
    }
}
