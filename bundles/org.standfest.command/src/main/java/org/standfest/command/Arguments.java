package org.standfest.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words behind a verb, sorted into options ({@code --name value}, {@code --name=value}, flags)
 * and the rest. Immutable.
 */
public final class Arguments {

    private final Map<String, String> options;
    private final List<String> words;
    private final Optional<String> fault;

    private Arguments(Map<String, String> options, List<String> words, String fault) {
        this.options = Map.copyOf(options);
        this.words = List.copyOf(words);
        this.fault = Optional.ofNullable(fault);
    }

    /**
     * Reads the words. A lone {@code --} ends the options. What does not fit is remembered as
     * {@link #fault()}.
     *
     * @param valued options that take a value, without dashes
     * @param flags options that take none, without dashes
     */
    public static Arguments read(List<String> arguments, Set<String> valued, Set<String> flags) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--")) {
                words.addAll(arguments.subList(i + 1, arguments.size()));
                break;
            }
            if (!word.startsWith("--")) {
                words.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            if (flags.contains(name) && equals < 0) {
                options.put(name, "");
            } else if (!valued.contains(name)) {
                return new Arguments(options, words, word);
            } else if (equals >= 0) {
                options.put(name, word.substring(equals + 1));
            } else if (i + 1 < arguments.size()) {
                options.put(name, arguments.get(++i));
            } else {
                return new Arguments(options, words, word);
            }
        }
        return new Arguments(options, words, null);
    }

    /**
     * The word that could not be understood, if any: an unknown option, or one whose value is
     * missing.
     */
    public Optional<String> fault() {
        return fault;
    }

    /** The value of an option. */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** Whether a flag was given. */
    public boolean has(String flag) {
        return options.containsKey(flag);
    }

    /** What is not an option, in order. */
    public List<String> words() {
        return words;
    }
}
