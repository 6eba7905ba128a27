package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.management.OperatorAccess;
import org.standfest.results.Outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code standfest enrol}: makes this user an operator of a standby. */
@Component(service = Command.class)
public final class EnrolCommand extends StandbyCommand {

    /** Called by the framework. */
    public EnrolCommand() {
        super("enrol", Set.of("standby", "code", "name"), Set.of("agent"));
    }

    @Override
    int run(Invocation call, Arguments arguments, OperatorAccess access) {
        Optional<String> standby = arguments.option("standby");
        Optional<String> code = arguments.option("code");
        if (standby.isEmpty() || code.isEmpty() || !arguments.words().isEmpty()) {
            return usageError(call, "cli.arguments");
        }
        if (arguments.has("agent")) {
            return agent(call, arguments, standby.get(), code.get());
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

    /** The agent of this machine keeps an identity of its own. */
    private static int agent(Invocation call, Arguments arguments, String standby, String code) {
        List<String> words = new ArrayList<>(List.of("--standby", standby, "--code", code));
        arguments.option("name").ifPresent(name -> words.addAll(List.of("--name", name)));
        return new ResidentCommand("enrol", "agent", List.of("enrol"))
                .run(
                        new Invocation(
                                words,
                                call.out(),
                                call.err(),
                                call.locale(),
                                call.workFolder(),
                                call.json()));
    }
}
