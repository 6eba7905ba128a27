package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.CareCall;
import org.standfest.management.OperatorAccess;
import org.standfest.management.StandbyClient;

import java.util.Set;

/** {@code standfest compare}: source against pool, without sending data. */
@Component(service = Command.class)
public final class CompareCommand extends StandbyCommand {

    /** Called by the framework. */
    public CompareCommand() {
        super("compare", Set.of(), Set.of());
    }

    @Override
    int run(Invocation call, Arguments arguments, OperatorAccess access) {
        return arguments.words().size() != 1
                ? usageError(call, "cli.arguments")
                : ask(call, access, client -> compare(call, arguments.words().getFirst(), client));
    }

    static int compare(Invocation call, String systemId, StandbyClient client) {
        return Talk.followTask(call, client, client.ask(new CareCall.Compare(systemId)));
    }
}
