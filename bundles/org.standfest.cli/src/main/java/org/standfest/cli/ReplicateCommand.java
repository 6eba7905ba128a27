package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.Invocation;
import org.standfest.management.Action;
import org.standfest.management.OperatorAccess;

import java.util.Set;

/** {@code standfest replicate}: makes a recovery point now. */
@Component(service = Command.class)
public final class ReplicateCommand extends StandbyCommand {

    /** Called by the framework. */
    public ReplicateCommand() {
        super("replicate", Set.of(), Set.of());
    }

    @Override
    int run(Invocation call, Arguments arguments, OperatorAccess access) {
        if (arguments.words().size() != 1) {
            return usageError(call, "cli.arguments");
        }
        String id = arguments.words().getFirst();
        return ask(
                call,
                access,
                client -> Talk.follow(call, client, client.begin(id, Action.REPLICATE)));
    }
}
