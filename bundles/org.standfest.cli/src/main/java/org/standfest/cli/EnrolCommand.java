package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.management.OperatorAccess;
import org.standfest.results.Outcome;

import java.util.Optional;
import java.util.Set;

/** {@code standfest enrol}: makes this user an operator of a standby. */
@Component(service = Command.class)
public final class EnrolCommand extends StandbyCommand {

    /** Called by the framework. */
    public EnrolCommand() {
        super("enrol", Set.of("standby", "code"), Set.of());
    }

    @Override
    int run(Invocation call, Arguments arguments, OperatorAccess access) {
        Optional<String> standby = arguments.option("standby");
        Optional<String> code = arguments.option("code");
        if (standby.isEmpty() || code.isEmpty() || !arguments.words().isEmpty()) {
            return usageError(call, "cli.arguments");
        }
        Outcome<Void> enrolled = access.enrol(standby.get(), code.get());
        if (!enrolled.isDone()) {
            return call.report(enrolled);
        }
        call.out()
                .println(
                        call.json()
                                ? "{\"enrolled\": true}"
                                : TEXTS.text(call.locale(), "enrol.done", standby.get()));
        return ExitCode.DONE;
    }
}
