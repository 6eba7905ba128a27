package org.standfest.replication.snapshots;

import org.standfest.replication.source.VolumeSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A program of the administrator's with its arguments and its time limit.
 *
 * @param words program and arguments, at least one
 * @param limit 1 second to 1 hour
 */
record Script(List<String> words, Duration limit) {

    private static final int WORDS_LIMIT = 64;
    private static final long LEAST_SECONDS = 1;
    private static final long MOST_SECONDS = 3600;
    private static final String STANDARD_SECONDS = "30";

    Script {
        words = List.copyOf(words);
        if (words.isEmpty() || words.size() > WORDS_LIMIT) {
            throw new IllegalArgumentException("no script of " + words.size() + " words");
        }
    }

    String program() {
        return words.getFirst();
    }

    /**
     * The script of a volume.
     *
     * @return empty when the volume has none
     * @throws IllegalArgumentException what is written there is no script
     */
    static Optional<Script> of(VolumeSource volume, String option, String secondsOption) {
        String text = volume.options().getOrDefault(option, "");
        if (text.isBlank()) {
            return Optional.empty();
        }
        String seconds = volume.options().getOrDefault(secondsOption, STANDARD_SECONDS);
        if (!seconds.matches("\\d{1,4}")
                || Long.parseLong(seconds) < LEAST_SECONDS
                || Long.parseLong(seconds) > MOST_SECONDS) {
            throw new IllegalArgumentException(secondsOption + "=" + seconds);
        }
        return Optional.of(new Script(split(text), Duration.ofSeconds(Long.parseLong(seconds))));
    }

    /** Words separated by blanks; what stands in double quotes is one word. */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (at == '"') {
                quoted = !quoted;
                begun = true;
            } else if (Character.isWhitespace(at) && !quoted) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(at);
                begun = true;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote that does not end: " + text);
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    /** One line that {@link #ofLine} reads. */
    String toLine() {
        return limit.toSeconds()
                + " "
                + words.stream()
                        .map(word -> word.getBytes(StandardCharsets.UTF_8))
                        .map(Base64.getUrlEncoder()::encodeToString)
                        .collect(Collectors.joining(","));
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException it is not one of ours
     */
    static Script ofLine(String line) {
        String[] parts = line.split(" ", 2);
        if (parts.length != 2 || !parts[0].matches("\\d{1,4}")) {
            throw new IllegalArgumentException("not the line of a script");
        }
        List<String> words = new ArrayList<>();
        for (String word : parts[1].split(",", WORDS_LIMIT + 1)) {
            words.add(new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8));
        }
        return new Script(words, Duration.ofSeconds(Long.parseLong(parts[0])));
    }
}
