package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Arguments;
import org.standfest.command.Command;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;
import org.standfest.management.CareCall;
import org.standfest.management.ForecastView;
import org.standfest.management.OperatorAccess;
import org.standfest.management.StandbyClient;
import org.standfest.results.Outcome;

import java.util.Set;

/** {@code standfest forecast}: which RPO the line can reach. */
@Component(service = Command.class)
public final class ForecastCommand extends StandbyCommand {

    /** Called by the framework. */
    public ForecastCommand() {
        super("forecast", Set.of(), Set.of());
    }

    @Override
    int run(Invocation call, Arguments arguments, OperatorAccess access) {
        return arguments.words().size() != 1
                ? usageError(call, "cli.arguments")
                : ask(call, access, client -> forecast(call, arguments.words().getFirst(), client));
    }

    /** An objective that cannot be kept is a finding. */
    static int forecast(Invocation call, String systemId, StandbyClient client) {
        Outcome<ForecastView> answer = client.ask(new CareCall.Forecast(systemId));
        int code = Talk.tell(call, answer, view -> PoolShown.forecast(call, view));
        boolean missed = answer.result().filter(view -> view.verdict().isPresent()).isPresent();
        return missed ? ExitCode.REFUSED : code;
    }
}
