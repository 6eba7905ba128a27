package org.standfest.cli;

import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.OperatorAccess;
import org.standfest.management.StandbyClient;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * A verb that speaks to the standby this user is enrolled at. The identity lies in the folder
 * {@code operator} of the work folder, or in the one that {@code --operator} names.
 */
abstract class StandbyCommand implements Command {

    /** The texts of all verbs. */
    static final Catalog TEXTS = Catalog.beside(StandbyCommand.class);

    private static final String OPERATOR = "operator";

    private final String verb;
    private final Form form;
    private final Function<OperatorAccess, Outcome<StandbyClient>> lines;

    /**
     * @param valued options with a value, besides {@code operator}
     * @param flags options without one
     */
    StandbyCommand(String verb, Set<String> valued, Set<String> flags) {
        this(verb, new Form(valued, flags), OperatorAccess::open);
    }

    /**
     * @param lines opens the line to the standby
     */
    StandbyCommand(String verb, Form form, Function<OperatorAccess, Outcome<StandbyClient>> lines) {
        this.verb = verb;
        this.form = form;
        this.lines = lines;
    }

    /**
     * Which options a call takes.
     *
     * @param valued options with a value, besides {@code operator}
     * @param flags options without one
     */
    record Form(Set<String> valued, Set<String> flags) {

        /** No options but {@code operator}. */
        static final Form PLAIN = new Form(Set.of(), Set.of());

        /** Copies. */
        Form {
            valued = Set.copyOf(valued);
            flags = Set.copyOf(flags);
        }
    }

    /** The options of this call; verbs with several parts look at the words. */
    Form form(List<String> words) {
        return form;
    }

    @Override
    public final String verb() {
        return verb;
    }

    @Override
    public final String summary(Locale locale) {
        return TEXTS.text(locale, verb + ".summary");
    }

    @Override
    public String usage(Locale locale) {
        return TEXTS.text(locale, verb + ".usage");
    }

    @Override
    public final int run(Invocation call) {
        Form taken = form(call.arguments());
        Set<String> valued = new HashSet<>(taken.valued());
        valued.add(OPERATOR);
        Arguments arguments = Arguments.read(call.arguments(), valued, taken.flags());
        if (arguments.fault().isPresent()) {
            return usageError(call, "cli.option", arguments.fault().get());
        }
        OperatorAccess access =
                new OperatorAccess(
                        arguments
                                .option(OPERATOR)
                                .map(Path::of)
                                .orElse(call.workFolder().resolve(OPERATOR)),
                        call.locale());
        return run(call, arguments, access);
    }

    /** Does it. */
    abstract int run(Invocation call, Arguments arguments, OperatorAccess access);

    /** Opens the line, asks, closes the line; a fault is told. */
    final int ask(Invocation call, OperatorAccess access, Question question) {
        Outcome<StandbyClient> opened = lines.apply(access);
        if (!(opened instanceof Outcome.Done<StandbyClient>(StandbyClient client))) {
            return call.report(opened);
        }
        try (client) {
            return question.ask(client);
        }
    }

    /** What is asked over an open line. */
    interface Question {
        int ask(StandbyClient client);
    }

    /** A usage error with the verb's usage. */
    final int usageError(Invocation call, String code, Object... arguments) {
        return call.usage(TEXTS.explain(code, arguments), usage(call.locale(), call.arguments()));
    }
}
