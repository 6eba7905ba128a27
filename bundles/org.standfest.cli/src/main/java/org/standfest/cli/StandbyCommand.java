package org.standfest.cli;

import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.OperatorAccess;
import org.standfest.management.StandbyClient;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A verb that speaks to the standby this user is enrolled at. The identity lies in the folder
 * {@code operator} of the work folder, or in the one that {@code --operator} names.
 */
abstract class StandbyCommand implements Command {

    /** The texts of all verbs. */
    static final Catalog TEXTS = Catalog.beside(StandbyCommand.class);

    private static final long POLL_MILLIS = 200;
    private static final String OPERATOR = "operator";

    private final String verb;
    private final Set<String> valued;
    private final Set<String> flags;

    /**
     * @param valued options with a value, besides {@code operator}
     * @param flags options without one
     */
    StandbyCommand(String verb, Set<String> valued, Set<String> flags) {
        this.verb = verb;
        Set<String> all = new HashSet<>(valued);
        all.add(OPERATOR);
        this.valued = Set.copyOf(all);
        this.flags = Set.copyOf(flags);
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
    public final String usage(Locale locale) {
        return TEXTS.text(locale, verb + ".usage");
    }

    @Override
    public final int run(Invocation call) {
        Arguments arguments = Arguments.read(call.arguments(), valued, flags);
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
        Outcome<StandbyClient> opened = access.open();
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

    /** Tells an answer as JSON or by the given words; a fault is told as such. */
    final <T> int tell(Invocation call, Outcome<T> answer, Consumer<T> words) {
        if (answer instanceof Outcome.Done<T>(T value)) {
            if (call.json()) {
                call.out().println(Shown.json(value));
            } else {
                words.accept(value);
            }
            return ExitCode.DONE;
        }
        return call.report(answer);
    }

    /** Waits for an operation, telling its steps on {@code err}, and then how it ended. */
    final int follow(Invocation call, StandbyClient client, Outcome<OperationStatus> begun) {
        Outcome<OperationStatus> now = begun;
        String told = "";
        while (now instanceof Outcome.Done<OperationStatus>(OperationStatus status)
                && !status.state().finished()) {
            String line = Shown.progress(status, call.locale());
            if (!call.json() && !line.equals(told)) {
                call.err().println(line);
                told = line;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
                return ExitCode.FAILED;
            }
            now = client.operation(status.id());
        }
        int code = tell(call, now, status -> Shown.end(status, call));
        return now.result().map(status -> code(status.state())).orElse(code);
    }

    private static int code(OperationState state) {
        return switch (state) {
            case SUCCEEDED -> ExitCode.DONE;
            case REFUSED, CANCELLED -> ExitCode.REFUSED;
            case FAILED, STUCK, RUNNING -> ExitCode.FAILED;
        };
    }

    /** A usage error with the verb's usage. */
    final int usageError(Invocation call, String code, Object... arguments) {
        return call.usage(TEXTS.explain(code, arguments), usage(call.locale()));
    }
}
