package org.standfest.cli;

import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.management.Action;
import org.standfest.management.CareCall;
import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.StandbyClient;
import org.standfest.management.TaskStatus;
import org.standfest.results.Outcome;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** How answers of a standby are told, and how its works are waited for. Stateless. */
final class Talk {

    private static final long POLL_MILLIS = 200;
    private static final int CANCEL_LOOKS = 50;

    private Talk() {}

    /** Tells an answer as JSON or by the given words; a fault is told as such. */
    static <T> int tell(Invocation call, Outcome<T> answer, Consumer<T> words) {
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

    /**
     * Waits for an operation with its progress, and then tells how it ended. Ctrl-C cancels a
     * replication; anything else goes on: what a recovery does is not taken back by accident.
     */
    static int follow(Invocation call, StandbyClient client, Outcome<OperationStatus> begun) {
        Outcome<OperationStatus> now = begun;
        String id =
                begun.result()
                        .filter(one -> one.action() == Action.REPLICATE)
                        .map(OperationStatus::id)
                        .orElse("");
        try (Progress progress = new Progress(call);
                Interruption _ = new Interruption(() -> stopped(client, id, call, progress))) {
            while (now instanceof Outcome.Done<OperationStatus>(OperationStatus status)
                    && !status.state().finished()) {
                progress.show(Shown.progress(status, call.locale()));
                if (!pause()) {
                    return ExitCode.FAILED;
                }
                now = client.operation(status.id());
            }
        }
        int code = tell(call, now, status -> Shown.end(status, call));
        return now.result().map(status -> code(status.state())).orElse(code);
    }

    /**
     * Waits for a long work with its progress, and then tells how it ended. Ctrl-C cancels it and
     * waits for its end. Findings are the exit code {@link ExitCode#REFUSED}.
     */
    static int followTask(Invocation call, StandbyClient client, Outcome<TaskStatus> begun) {
        Outcome<TaskStatus> now = begun;
        String id = begun.result().map(TaskStatus::id).orElse("");
        try (Progress progress = new Progress(call);
                Interruption _ = new Interruption(() -> cancelled(client, id, call, progress))) {
            while (now instanceof Outcome.Done<TaskStatus>(TaskStatus status)
                    && !status.state().finished()) {
                progress.show(Shown.progress(status, call.locale()));
                if (!pause()) {
                    return ExitCode.FAILED;
                }
                now = client.ask(new CareCall.OneTask(status.id()));
            }
        }
        int code = tell(call, now, status -> Shown.end(status, call));
        return now.result()
                .map(
                        status ->
                                status.findings().isEmpty()
                                        ? code(status.state())
                                        : ExitCode.REFUSED)
                .orElse(code);
    }

    /** Runs when the process is told to end: asks for the cancel and waits for it, not for ever. */
    private static void cancelled(
            StandbyClient client, String id, Invocation call, Progress progress) {
        if (id.isEmpty()) {
            return;
        }
        progress.close();
        call.err().println(StandbyCommand.TEXTS.text(call.locale(), "cancelling"));
        Outcome<TaskStatus> now = client.ask(new CareCall.CancelTask(id));
        for (int looks = 0; looks < CANCEL_LOOKS; looks++) {
            if (now.result().map(status -> status.state().finished()).orElse(true) || !pause()) {
                break;
            }
            now = client.ask(new CareCall.OneTask(id));
        }
        call.err().println(StandbyCommand.TEXTS.text(call.locale(), "cancelled"));
    }

    private static void stopped(
            StandbyClient client, String id, Invocation call, Progress progress) {
        progress.close();
        if (id.isEmpty()) {
            call.err().println(text(call, "goes-on"));
            return;
        }
        call.err().println(text(call, "cancelling"));
        client.cancel(id);
    }

    static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int code(OperationState state) {
        return switch (state) {
            case SUCCEEDED -> ExitCode.DONE;
            case REFUSED, CANCELLED -> ExitCode.REFUSED;
            case FAILED, STUCK, RUNNING -> ExitCode.FAILED;
        };
    }

    /** A usage error of a part of a verb. */
    static int wrong(Invocation call, String usage) {
        return call.usage(
                StandbyCommand.TEXTS.explain("cli.arguments"),
                StandbyCommand.TEXTS.text(call.locale(), usage + ".usage"));
    }

    /** A text of the command line. */
    static String text(Invocation call, String key, Object... arguments) {
        return StandbyCommand.TEXTS.text(call.locale(), key, arguments);
    }
}
