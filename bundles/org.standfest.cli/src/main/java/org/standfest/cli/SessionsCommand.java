package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.CareCall;
import org.standfest.management.OperatorAccess;

import java.util.OptionalLong;
import java.util.Set;

/** {@code standfest sessions}: the history of a system's sessions. */
@Component(service = Command.class)
public final class SessionsCommand extends StandbyCommand {

    private static final int MOST = 1000;

    /** Called by the framework. */
    public SessionsCommand() {
        super("sessions", Set.of("last"), Set.of());
    }

    @Override
    int run(Invocation call, Arguments arguments, OperatorAccess access) {
        OptionalLong last = Amounts.number(arguments.option("last").orElse("20"));
        if (arguments.words().size() != 1 || last.isEmpty() || last.getAsLong() > MOST) {
            return usageError(call, "cli.arguments");
        }
        String id = arguments.words().getFirst();
        return ask(
                call,
                access,
                client ->
                        Talk.tell(
                                call,
                                client.ask(new CareCall.Sessions(id, (int) last.getAsLong())),
                                history -> CareShown.sessions(call, history)));
    }
}
