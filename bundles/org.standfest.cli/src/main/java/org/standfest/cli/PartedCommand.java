package org.standfest.cli;

import org.standfest.command.Arguments;
import org.standfest.command.Invocation;
import org.standfest.management.OperatorAccess;
import org.standfest.management.StandbyClient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/** A verb with several parts: {@code standfest pool ls}, {@code standfest pool show SYSTEM}, … */
abstract class PartedCommand extends StandbyCommand {

    private final Map<String, Part> parts = new LinkedHashMap<>();

    PartedCommand(String verb, List<Part> parts) {
        super(verb, Set.of(), Set.of());
        parts.forEach(part -> this.parts.put(part.name(), part));
    }

    /**
     * One part.
     *
     * @param name the word behind the verb
     * @param form its options
     * @param least how many words it needs
     * @param most how many it takes
     */
    record Part(String name, Form form, int least, int most, Act act) {}

    /** Does a part. */
    @FunctionalInterface
    interface Act {

        /**
         * Does it.
         *
         * @param words the words behind the part's name
         */
        int run(Invocation call, List<String> words, Arguments options, StandbyClient client);
    }

    /** The parts by name. */
    final Set<String> parts() {
        return parts.keySet();
    }

    @Override
    final Form form(List<String> words) {
        return part(words).map(Part::form).orElse(Form.PLAIN);
    }

    private Optional<Part> part(List<String> words) {
        return words.stream().filter(word -> !word.startsWith("--")).findFirst().map(parts::get);
    }

    @Override
    public final String usage(Locale locale, List<String> words) {
        return part(words)
                .map(part -> TEXTS.text(locale, verb() + "." + part.name() + ".usage"))
                .orElseGet(() -> usage(locale));
    }

    @Override
    public final String usage(Locale locale) {
        List<String> lines = new ArrayList<>();
        parts.keySet()
                .forEach(
                        name ->
                                lines.add(
                                        TEXTS.text(locale, verb() + "." + name + ".usage")
                                                .lines()
                                                .findFirst()
                                                .orElseThrow()));
        lines.add(TEXTS.text(locale, "parts.help", verb()));
        return String.join(System.lineSeparator(), lines);
    }

    @Override
    final int run(Invocation call, Arguments arguments, OperatorAccess access) {
        return answer(call, arguments, question -> ask(call, access, question));
    }

    /** Answers one call, over whatever line. */
    final int answer(Invocation call, Arguments arguments, ToIntFunction<Question> line) {
        Optional<Part> part = part(arguments.words());
        int count = arguments.words().size() - 1;
        if (part.isEmpty() || count < part.get().least() || count > part.get().most()) {
            return call.usage(
                    TEXTS.explain("cli.arguments"), usage(call.locale(), arguments.words()));
        }
        List<String> rest = arguments.words().subList(1, arguments.words().size());
        return line.applyAsInt(client -> part.get().act().run(call, rest, arguments, client));
    }
}
